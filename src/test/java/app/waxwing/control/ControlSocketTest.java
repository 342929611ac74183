package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.AppPaths;
import app.waxwing.base.SafeFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
    @TempDir
    Path folder;
    private AppPaths paths;
    private Path socket;
    private ControlSocket control;

    @BeforeEach
    void open() {
        paths = AppPaths.under(folder.resolve("data"));
        paths.create();
        socket = Instance.socketFor(paths.data(), Map.of(), folder);
        control = ControlSocket.open(paths, socket, List.of("offline"), Commands.grammar());
    }

    @AfterEach
    void close() {
        control.close();
    }

    @Test
    void anotherProcessFindsTheInstanceAndGetsItsAnswer() {
        List<Doc> documents = new ArrayList<>();
        var outcome = call(List.of("no-such-command"), List.of(), documents);
        assertThat(outcome.exit()).isEqualTo(Exit.USAGE);
        assertThat(outcome.sentence()).contains("no-such-command");
        assertThat(documents).isEmpty();
    }

    @Test
    void optionsThatContradictTheRunningInstanceEndWithTwo() {
        assertThat(call(List.of("albums"), List.of("demo"), new ArrayList<>()).exit()).isEqualTo(Exit.USAGE);
        assertThat(call(List.of("albums"), List.of("offline"), new ArrayList<>()).exit()).isNotEqualTo(Exit.USAGE);
    }

    @Test
    void withoutTheSecretNothingIsAnswered() throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("{\"secret\":\"guess\",\"arguments\":[\"albums\"]}\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(channel.read(ByteBuffer.allocate(100))).isEqualTo(-1);
        }
    }

    @Test
    void onlyTheOwnerCanReadTheSecretAndReachTheSocket() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.instance()))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent()))).isEqualTo("rwx------");
    }

    @Test
    void aStaleSocketOfACrashIsNoObstacle() throws IOException {
        control.close();
        assertThat(socket.getParent()).as("nothing is left behind").doesNotExist();
        SafeFiles.createOwnerOnlyFolder(Objects.requireNonNull(socket.getParent()));
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(Files.exists(socket)).isTrue();
        control = ControlSocket.open(paths, socket, List.of(), Commands.grammar());
        assertThat(call(List.of("nothing"), List.of(), new ArrayList<>()).exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void nobodyThereIsToldApartFromAFailure() {
        Instance instance = Instance.read(paths).orElseThrow();
        control.close();
        assertThat(ControlClient.call(instance, new Request(List.of("albums"), Optional.empty()), List.of(), d -> {})).isEmpty();
    }

    @Test
    void theSocketsPathStaysUnderAHundredBytesInADeepFolder() {
        Path deep = folder.resolve("d".repeat(120));
        assertThat(Instance.socketFor(paths.data(), Map.of(), deep).toString().length()).isLessThan(100);
    }

    @Test
    void theFolderIsLockedOnce() {
        try (var first = Instance.lock(paths).orElseThrow()) {
            assertThat(Instance.lock(paths)).isEmpty();
        }
        try (var again = Instance.lock(paths).orElseThrow()) {
            assertThat(again.lock().isValid()).isTrue();
        }
    }

    private Commands.Outcome call(List<String> arguments, List<String> options, List<Doc> documents) {
        return ControlClient.call(Instance.read(paths).orElseThrow(), new Request(arguments, Optional.empty()), options, documents::add)
                .orElseThrow();
    }
}
