package dev.stet.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class AddressableStreamTest {
  private final AddressableStream stream = Seed.of(42).addressable();

  @Test
  void isNotTheDefaultStream() {
    assertThat(stream.nextLong()).isNotEqualTo(Seed.of(42).stream().nextLong());
  }

  @Test
  void goesBackWithoutForgettingItsDraws() {
    long first = stream.nextLong();
    stream.nextLong();
    stream.seek(0);

    assertThat(stream.nextLong()).isEqualTo(first);
    assertThat(stream.position()).isEqualTo(1);
    assertThat(stream.draws()).isEqualTo(3);
  }

  @Test
  void refusesANegativePosition() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stream.seek(-1))
        .withMessage("position must not be negative; got -1. Positions count 64-bit words from 0.");
  }

  @Test
  void endsAtItsLastPosition() {
    stream.seek(Long.MAX_VALUE);
    stream.nextLong();

    assertThatIllegalStateException()
        .isThrownBy(stream::nextLong)
        .withMessage(
            "this stream has come to its last position, 2^63 - 1. Go on in the next substream, or seek back.");
  }

  @Test
  void hasSubstreamsThatAreItsOwn() {
    AddressableStream third = stream.substream(3);
    long first = third.nextLong();

    assertThat(stream.substream(0).nextLong()).isEqualTo(stream.nextLong());
    assertThat(third.substream(3).nextLong()).isEqualTo(first);
    assertThat(third.substream(-1).nextLong()).isNotEqualTo(first);
    assertThat(RandomStream.restore(third.state()).nextLong()).isEqualTo(third.nextLong());
  }

  @Test
  void jumpsToTheSamePositionOfAnotherSequence() {
    stream.seek(5);
    stream.jump();
    assertThat(stream.position()).isEqualTo(5);
    long word = stream.nextLong();
    stream.seek(5);
    assertThat(stream.nextLong())
        .isEqualTo(word)
        .isNotEqualTo(Seed.of(42).addressable().nextLong());
  }

  @Test
  void carriesAJumpIntoTheLastWord() {
    AddressableStream last = new AddressableStream(1, 2, 0, -1, 7, 0, 0);
    last.jump();
    assertThat(last.state()).isEqualTo(new AddressableStream(1, 2, 0, 0, 8, 0, 0).state());
  }
}
