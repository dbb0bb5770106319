package dev.stet.guard;

import dev.stet.guard.Rule.Action;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells from the constant pool of a class, without parsing the class, whether it may have a call site of the table. It
 * never misses one; it may take a class for one that has some when two hashes are alike.
 */
final class Prefilter {
  private static final int ANY_OWNER = 0;

  private static final int[] OURS = {
    hash(Table.RUNTIME), hash(Table.DRAWS), hash(Table.READS), hash(Table.ORDER), hash(Table.TASKS)
  };

  private final long[] slots;

  Prefilter(boolean linked) {
    List<Rule> rules = Table.rules();
    int size = Integer.highestOneBit(rules.size() * 8);
    slots = new long[size];
    for (Rule rule : rules) {
      if (rule.action() == Action.LINKED && !linked) {
        continue;
      }
      int owner = rule.owner().equals(Table.ANY) ? ANY_OWNER : hash(rule.owner());
      long key = key(owner, hash(rule.name()), hash(rule.desc()));
      int at = slot(key);
      while (slots[at] != 0) {
        at = (at + 1) & (size - 1);
      }
      slots[at] = key;
    }
  }

  /** What a look at the constant pool told. */
  enum Answer {
    /** There is nothing to rewrite. */
    NO,
    /** There may be something. */
    MAYBE,
    /** The class calls our runtime: it was rewritten before. */
    REWRITTEN
  }

  Answer ask(byte[] bytes) {
    return new RawClass(bytes, this).ask();
  }

  /** Whether there is a rule for a call, by the hashes of its three names. */
  boolean knows(int owner, int name, int desc) {
    return contains(key(owner, name, desc)) || contains(key(ANY_OWNER, name, desc));
  }

  static boolean isOurs(int owner) {
    for (int ours : OURS) {
      if (owner == ours) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(long key) {
    int at = slot(key);
    while (slots[at] != 0) {
      if (slots[at] == key) {
        return true;
      }
      at = (at + 1) & (slots.length - 1);
    }
    return false;
  }

  private int slot(long key) {
    return (int) ((key * 0x9e3779b97f4a7c15L) >>> 40) & (slots.length - 1);
  }

  private static long key(int owner, int name, int desc) {
    long key = ((long) owner << 32) ^ ((name * 31L + desc) & 0xffffffffL);
    return key == 0 ? 1 : key;
  }

  static int hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return hash(bytes, 0, bytes.length);
  }

  static int hash(byte[] bytes, int from, int length) {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash == ANY_OWNER ? 1 : hash;
  }
}
