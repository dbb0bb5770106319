package dev.stet.fork;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Frames over a socket: four bytes of length, one of kind, the content. One thread may receive while others send.
 *
 * <p>Channels are read and written without the streams of the JDK, which let one wait for the other.
 */
// Both sides are of the same build, so that the order of the kinds is what they agree on.
@SuppressWarnings("EnumOrdinal")
final class Wire implements AutoCloseable {
  private static final int HEAD = Integer.BYTES + 1;
  private static final int LARGEST = 1 << 30;

  /** What a frame is; the parent sends the first five. */
  enum Kind {
    SETUP,
    REQUEST,
    REPLY,
    CANCEL,
    LEAVE,
    HELLO,
    READY,
    BROKEN,
    BEGIN,
    ANSWER,
    THREW,
    /** Never sent: the other side is gone. */
    GONE
  }

  /** One message. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Frame(Kind kind, byte[] content) {
    static final Frame GONE = new Frame(Kind.GONE, new byte[0]);
  }

  private final SocketChannel channel;

  Wire(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects to {@code unix:<path>} or {@code port:<number>}. */
  static Wire to(String address) throws IOException {
    return new Wire(SocketChannel.open(parsed(address)));
  }

  private static SocketAddress parsed(String address) {
    String rest = address.substring(address.indexOf(':') + 1);
    return address.startsWith("unix:")
        ? UnixDomainSocketAddress.of(rest)
        : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(rest));
  }

  static String address(SocketAddress bound) {
    return bound instanceof InetSocketAddress loopback
        ? "port:" + loopback.getPort()
        : "unix:" + bound;
  }

  synchronized void send(Kind kind, byte[] content) throws IOException {
    if (content.length > LARGEST) {
      throw new IOException("a message of " + content.length
          + " bytes is too large to travel between two JVMs; at most " + LARGEST + " can.");
    }
    ByteBuffer head = ByteBuffer.allocate(HEAD).putInt(content.length).put((byte) kind.ordinal());
    ByteBuffer[] all = {head.flip(), ByteBuffer.wrap(content)};
    while (all[0].hasRemaining() || all[1].hasRemaining()) {
      channel.write(all);
    }
  }

  Frame receive() throws IOException {
    return receive(LARGEST);
  }

  /** Refuses a frame longer than the limit before there is memory for it. */
  Frame receive(int limit) throws IOException {
    ByteBuffer head = filled(HEAD);
    int length = head.getInt();
    int kind = head.get();
    if (length < 0 || length > limit || kind < 0 || kind >= Kind.GONE.ordinal()) {
      throw new IOException("not a message of ours: kind " + kind + ", " + length + " bytes");
    }
    return new Frame(Kind.values()[kind], filled(length).array());
  }

  private ByteBuffer filled(int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the other side is gone");
      }
    }
    return buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
