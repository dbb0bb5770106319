package dev.stet.guard;

import java.util.List;

/** Programs that begin in all the ways that Java knows, and some that it refuses. */
@SuppressWarnings({"UnusedMethod", "IncorrectMainMethod", "ClassCanBeStatic"
}) // or java refuses them
final class Mains {
  private Mains() {}

  static class Parent {
    public static void main(String... arguments) {
      System.out.println("parent's main, " + List.of(arguments));
    }
  }

  static final class Heir extends Parent {
    static {
      System.out.println("heir is there");
    }
  }

  static class OfAnObject {
    void main(String[] arguments) {
      System.out.println("object main, " + List.of(arguments));
    }
  }

  static final class OfAnObjectInherited extends OfAnObject {}

  static final class WithoutParameters {
    static void main() {
      System.out.println("main without parameters");
    }
  }

  static class OfAnObjectWithoutParameters {
    protected void main() {
      System.out.println("object main without parameters");
    }
  }

  interface Main {
    default void main(String[] arguments) {
      System.out.println("default main, " + List.of(arguments));
    }
  }

  static final class OfAnInterface implements Main {}

  static final class NotPublic {
    static void main(String[] arguments) {
      System.out.println("package main, " + List.of(arguments));
    }
  }

  static final class PrivateIsNone {
    private static void main(String[] arguments) {
      System.out.println("private main, " + List.of(arguments));
    }

    static void main() {
      System.out.println("main without parameters");
    }
  }

  static final class OnlyPrivate {
    private static void main(String[] arguments) {
      System.out.println("private main, " + List.of(arguments));
    }
  }

  static final class WithResult {
    public static int main(String[] arguments) {
      return arguments.length;
    }
  }

  static final class WithoutConstructor extends OfAnObject {
    private WithoutConstructor() {}
  }

  abstract static class OfAnAbstract extends OfAnObject {}

  final class OfAnInner extends OfAnObject {}
}
