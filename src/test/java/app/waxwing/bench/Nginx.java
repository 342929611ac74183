package app.waxwing.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Debian's nginx on loopback over a folder of ours. `/Items/NAME-anything/Download` is the file `NAME`; below `/slow` at 100 kB a second.
final class Nginx implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
    private final Process process;
    private final int port;
    private final Path files;

    Nginx(Path folder) throws IOException {
        files = Files.createDirectories(folder.resolve("files"));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(configuration,
                """
                        daemon off;
                        master_process off;
                        worker_processes 1;
                        pid %1$s/nginx.pid;
                        error_log stderr error;
                        events { worker_connections 256; }
                        http {
                            access_log off;
                            sendfile on;
                            tcp_nopush on;
                            keepalive_requests 100000;
                            client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3; uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
                            server {
                                listen 127.0.0.1:%2$d;
                                location ~ ^/Items/([a-z]+)[^/]*/Download$ { alias %3$s/$1; }
                                location ~ ^/slow/Items/([a-z]+)[^/]*/Download$ { alias %3$s/$1; limit_rate 100k; }
                            }
                        }
                        """
                        .formatted(folder, port, files));
        process = new ProcessBuilder(PROGRAM.toString(), "-p", folder.toString(), "-c", configuration.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.txt").toFile()).start();
    }

    static boolean available() {
        return Files.isExecutable(PROGRAM);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /// A file of random bytes that begins as music does; its name has small letters only.
    Path file(String name, long size) throws IOException {
        Path file = files.resolve(name);
        byte[] block = new byte[1 << 20];
        var random = new Random(name.hashCode());
        try (var out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= block.length) {
                random.nextBytes(block);
                if (left == size) System.arraycopy("fLaC".getBytes(StandardCharsets.US_ASCII), 0, block, 0, 4);
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
        return file;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
