package app.waxwing.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Hands a command to the instance that owns the data folder.
public final class ControlClient {
    private ControlClient() {}

    /// The outcome, or nothing when no instance answers at that socket.
    ///
    /// @param options of the calling process, such as `offline`
    public static Optional<Commands.Outcome> call(Instance instance, Request request, List<String> options, Consumer<Doc> out) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(instance.socket()));
            OutputStream to = Channels.newOutputStream(channel);
            to.write((Wire.hello(new Wire.Hello(instance.secret(), request.arguments(), request.secret(), options)) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            to.flush();
            var from = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            for (String line; (line = from.readLine()) != null;) {
                switch (Wire.readAnswer(line)) {
                    case Wire.Answer.Document d -> out.accept(d.doc());
                    case Wire.Answer.End e -> {
                        return Optional.of(e.outcome());
                    }
                }
            }
            return Optional.of(new Commands.Outcome(Exit.FAILED, "interrupted", "The running Waxwing ended before it answered."));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
