package dev.stet.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;

/** The stack and the local variables on one path from a clock. What was on the stack before the clock is not known. */
final class ClockStack {
  private final List<Value> stack;
  private final Map<Integer, Value> locals;

  ClockStack() {
    this(new ArrayList<>(), new HashMap<>());
  }

  private ClockStack(List<Value> stack, Map<Integer, Value> locals) {
    this.stack = stack;
    this.locals = locals;
  }

  ClockStack copy() {
    return new ClockStack(new ArrayList<>(stack), new HashMap<>(locals));
  }

  /** Where a value lies on top of the stack: just before this instruction. */
  record Place(AbstractInsnNode before, char type) {}

  /**
   * The last instruction of those that made the value of a clock what it is, as long as only the clock can come there.
   *
   * @param coarse whether it takes few values, such as a remainder: what someone gave might well be the same
   */
  record Origin(AbstractInsnNode at, char type, boolean coarse) {
    private boolean tellsItselfApart() {
      return !coarse && (type == 'J' || type == 'I');
    }
  }

  /**
   * One value.
   *
   * @param type as in descriptors, {@code A} for any object
   * @param origin where it came from a clock; null if it did not
   * @param certain whether it came from there on every path; where paths have joined, others may bring another value
   * @param place where it lay before arithmetic changed it, if it is not certain
   * @param changed whether arithmetic has changed it since then
   */
  record Value(
      char type,
      @Nullable Origin origin,
      boolean certain,
      @Nullable Place place,
      boolean changed) {
    static Value other(char type) {
      return new Value(type, null, false, null, false);
    }

    boolean isWide() {
      return type == 'J' || type == 'D';
    }

    boolean isNumber() {
      return type == 'J' || type == 'I';
    }

    Value as(char converted) {
      return new Value(converted, origin, certain, place, changed);
    }

    /** The same number on top of the stack, before an instruction. */
    Value at(@Nullable AbstractInsnNode next) {
      return origin == null || certain || changed || !isNumber() || next == null
          ? this
          : new Value(type, origin, false, new Place(next, type), false);
    }

    /** In a second place: to replace it in one is not enough. */
    Value kept() {
      return changed ? other(type) : new Value(type, origin, certain, null, false);
    }

    private boolean isSame(Value other) {
      return type == other.type
          && certain == other.certain
          && changed == other.changed
          && (origin == null ? null : origin.at) == (other.origin == null ? null : other.origin.at)
          && (place == null ? null : place.before)
              == (other.place == null ? null : other.place.before);
    }

    private Value joined() {
      if (origin == null || !certain) {
        return this;
      }
      return origin.tellsItselfApart() ? new Value(type, origin, false, null, false) : other(type);
    }
  }

  static char type(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> 'J';
      case Type.DOUBLE -> 'D';
      case Type.FLOAT -> 'F';
      case Type.OBJECT, Type.ARRAY -> 'A';
      default -> 'I';
    };
  }

  void push(Value value) {
    stack.add(value);
  }

  void push(char type) {
    stack.add(Value.other(type));
  }

  Value pop() {
    return stack.isEmpty() ? Value.other('A') : stack.remove(stack.size() - 1);
  }

  void pop(int values) {
    for (int i = 0; i < values; i++) {
      pop();
    }
  }

  /** Takes off values that fill these words, the top first; null where they are not known. */
  private @Nullable List<Value> take(int words) {
    List<Value> taken = new ArrayList<>();
    int left = words;
    while (left > 0) {
      if (stack.isEmpty() && left > 1) {
        return null;
      }
      Value value = pop();
      left -= value.isWide() ? 2 : 1;
      taken.add(value);
    }
    return taken;
  }

  /** Copies words from the top to below those that follow; false where these are not known. */
  boolean copy(int words, int below) {
    List<Value> copied = take(words);
    List<Value> passed = copied == null ? null : take(below);
    if (copied == null || passed == null) {
      return false;
    }
    copied.replaceAll(Value::kept);
    put(copied);
    put(passed);
    put(copied);
    return true;
  }

  private void put(List<Value> taken) {
    for (int i = taken.size() - 1; i >= 0; i--) {
      stack.add(taken.get(i));
    }
  }

  boolean drop(int words) {
    return stack.isEmpty() || take(words) != null;
  }

  void store(int local, Value value) {
    locals.remove(local);
    Value before = locals.get(local - 1);
    if (before != null && before.isWide()) {
      locals.remove(local - 1);
    }
    if (value.isWide()) {
      locals.remove(local + 1);
    }
    Value kept = value.kept();
    if (kept.origin() != null) {
      locals.put(local, kept);
    }
  }

  void forget(int local) {
    locals.remove(local);
  }

  Value load(int local, char type) {
    Value value = locals.get(local);
    return value == null ? Value.other(type) : value;
  }

  /** Where paths join: another one may bring another value. */
  void join(@Nullable AbstractInsnNode next) {
    stack.replaceAll(Value::joined);
    locals.replaceAll((local, value) -> value.joined());
    locals.values().removeIf(value -> value.origin() == null);
    if (!stack.isEmpty()) {
      push(pop().at(next));
    }
  }

  boolean holdsClock() {
    return !locals.isEmpty() || stack.stream().anyMatch(value -> value.origin() != null);
  }

  /** Compared by hand: what the JVM makes for records would be made while a class of the program waits. */
  boolean isSame(ClockStack other) {
    if (stack.size() != other.stack.size() || !locals.keySet().equals(other.locals.keySet())) {
      return false;
    }
    for (int i = 0; i < stack.size(); i++) {
      if (!stack.get(i).isSame(other.stack.get(i))) {
        return false;
      }
    }
    for (Map.Entry<Integer, Value> local : locals.entrySet()) {
      Value value = other.locals.get(local.getKey());
      if (value == null || !local.getValue().isSame(value)) {
        return false;
      }
    }
    return true;
  }
}
