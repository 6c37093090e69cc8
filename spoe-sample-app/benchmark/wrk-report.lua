-- Makes wrk print its result as one line of JSON; times in microseconds.

local shown = { 50, 75, 90, 95, 99, 99.9, 99.99 }

function done(summary, latency)
  local errors = summary.errors
  local percentiles = {}
  for _, p in ipairs(shown) do
    percentiles[#percentiles + 1] = string.format('"p%s": %d', p, latency:percentile(p))
  end
  io.write(string.format(
    '{"requests": %d, "seconds": %.3f, "requests_per_s": %.0f, "errors": %d, "latency_us": {%s, "max": %d}}\n',
    summary.requests, summary.duration / 1e6, summary.requests / summary.duration * 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    table.concat(percentiles, ', '), latency.max))
end
