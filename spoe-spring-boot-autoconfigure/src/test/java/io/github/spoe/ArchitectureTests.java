/*
 * Copyright 2026-present the original author or authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.github.spoe;

import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the packages may see of each other and of libraries.
 */
class ArchitectureTests {

	private static final String ROOT = "io.github.spoe";

	private static final String SPOP = ROOT + ".spop";

	private static final String SERVER = ROOT + ".server";

	private static final String SERVER_NETTY = ROOT + ".server.netty";

	private static final String HANDLER = ROOT + ".handler";

	private static final String CLIENT = ROOT + ".client";

	private static final String CONTEXT = ROOT + ".context";

	private static final String OBSERVATION = ROOT + ".observation";

	private static final String AUTOCONFIGURE = ROOT + ".autoconfigure";

	private static final String[] LANGUAGE = { "java..", "javax..", "org.jspecify.annotations" };

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void allPackagesAreKnown() {
		assertThat(CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
			.containsExactlyInAnyOrder(ROOT, SPOP, SERVER, SERVER_NETTY, HANDLER, CLIENT, CONTEXT, OBSERVATION,
					AUTOCONFIGURE);
	}

	@Test
	void rootSeesNothing() {
		// To be found among the classes of an application is what a stereotype is for.
		DescribedPredicate<JavaClass> stereotype = JavaClass.Predicates.equivalentTo(Component.class);
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT)
			.should()
			.onlyDependOnClassesThat(
					Predicates.resideInAnyPackage(LANGUAGE).or(Predicates.resideInAPackage(ROOT)).or(stereotype))
			.check(CLASSES);
	}

	@Test
	void spopSeesBuffersOnly() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(SPOP)
			.should()
			.onlyDependOnClassesThat(
					Predicates.resideInAnyPackage(LANGUAGE).or(Predicates.resideInAnyPackage(SPOP, "io.netty.buffer")))
			.check(CLASSES);
	}

	@Test
	void clientSeesSpopAndBuffersOnly() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(CLIENT)
			.should()
			.onlyDependOnClassesThat(Predicates.resideInAnyPackage(LANGUAGE)
				.or(Predicates.resideInAnyPackage(CLIENT, SPOP, "io.netty.buffer")))
			.check(CLASSES);
	}

	@Test
	void serverSeesRoot() {
		assertThatSeesOfTheProject(SERVER, ROOT);
	}

	@Test
	void serverIsFreeOfItsImplementation() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(SERVER)
			.and()
			.doNotHaveSimpleName("SpoeServerCustomizer")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("reactor..", "io.netty..")
			.check(CLASSES);
	}

	@Test
	void nettyServerSeesRootServerAndSpop() {
		assertThatSeesOfTheProject(SERVER_NETTY, ROOT, SERVER, SPOP);
	}

	@Test
	void handlerSeesRootAndServer() {
		assertThatSeesOfTheProject(HANDLER, ROOT, SERVER);
	}

	@Test
	void contextSeesServer() {
		assertThatSeesOfTheProject(CONTEXT, SERVER);
	}

	@Test
	void observationSeesServer() {
		assertThatSeesOfTheProject(OBSERVATION, SERVER);
	}

	@Test
	void onlyObservationKnowsMicrometer() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages(OBSERVATION, AUTOCONFIGURE)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.micrometer..")
			.check(CLASSES);
	}

	@Test
	void onlyTheMdcNeedsSlf4j() {
		ArchRuleDefinition.noClasses()
			.that()
			.doNotHaveSimpleName("MdcInvoker")
			.and()
			.resideOutsideOfPackage(AUTOCONFIGURE)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.slf4j..")
			.check(CLASSES);
	}

	@Test
	void handlerAndContextAreFreeOfNetty() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAnyPackage(HANDLER, CONTEXT)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.netty..", "reactor.netty..")
			.check(CLASSES);
	}

	@Test
	void onlyCallsOfKotlinFunctionsKnowKotlin() {
		ArchRuleDefinition.noClasses()
			.that()
			.haveNameNotMatching(".*\\.Kotlin(HandlerCall|Parameter)\\b.*")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("kotlin..", "kotlinx..")
			.check(CLASSES);
	}

	@Test
	void nobodySeesAutoconfigure() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(AUTOCONFIGURE)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(AUTOCONFIGURE)
			.check(CLASSES);
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void packagesAreNullMarked() {
		Set<JavaPackage> packages = CLASSES.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
		assertThat(packages).allMatch((javaPackage) -> javaPackage.isAnnotatedWith(NullMarked.class));
	}

	@Test
	void autoConfigurationsArePublicAndFinal() {
		ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.check(CLASSES);
	}

	@Test
	void beanMethodsArePackagePrivate() {
		ArchRuleDefinition.methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(CLASSES);
	}

	private static void assertThatSeesOfTheProject(String from, String... others) {
		DescribedPredicate<JavaClass> project = Predicates.resideInAPackage(ROOT + "..");
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(from)
			.should()
			.onlyDependOnClassesThat(DescribedPredicate.not(project)
				.or(Predicates.resideInAPackage(from))
				.or(Predicates.resideInAnyPackage(others)))
			.check(CLASSES);
	}

	/**
	 * Each package for itself, also those within others.
	 */
	private static final class Packages implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
			return SliceIdentifier.of(javaClass.getPackageName());
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

}
