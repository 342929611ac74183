package app.waxwing.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Asks the first window that appears on a display whether its program answers, a hundred times a second, as a window manager does (`_NET_WM_PING` of the
/// Extended Window Manager Hints): the event loop of the program sends each question back. A client of libX11 of its own; one thread from the beginning to the end.
final class Pings implements AutoCloseable {
    private static final MemoryLayout INT = ValueLayout.JAVA_INT;
    private static final MemoryLayout LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final long EACH = TimeUnit.MILLISECONDS.toNanos(10);
    /// Of X.h, and offsets in the events of Xlib.h where a `long` has 64 bits.
    private static final long SUBSTRUCTURE_NOTIFY = 1L << 19;
    private static final int MAP_NOTIFY = 19;
    private static final int CLIENT_MESSAGE = 33;
    private static final int EVENT = 192;
    private static final int MAPPED_WINDOW = 40;
    private static final int OVERRIDE_REDIRECT = 48;
    private static final int WINDOW = 32;
    private static final int MESSAGE_TYPE = 40;
    private static final int FORMAT = 48;
    private static final int DATA = 56;
    private final Arena arena = Arena.ofConfined();
    private final SymbolLookup x = SymbolLookup.libraryLookup("libX11.so.6", arena);
    private final MethodHandle pending = function("XPending", INT, POINTER);
    private final MethodHandle next = function("XNextEvent", INT, POINTER, POINTER);
    private final MethodHandle send = function("XSendEvent", INT, POINTER, LONG, INT, LONG, POINTER);
    private final MethodHandle flush = function("XFlush", INT, POINTER);
    private final MemorySegment event = arena.allocate(EVENT, 8);
    private final MemorySegment display;
    private final long protocols;
    private final long ping;

    /// @param first seconds from the start until the first question is back; 0 where none came
    /// @param silence the longest that one took, seconds
    record Answers(double first, double silence) {}

    /// @param name of the display, such as `:1`
    Pings(String name) throws ReflectiveOperationException, InterruptedException {
        display = open(name);
        // A question to a window that is gone by then is no reason to end, which is what libX11 does by itself.
        MethodHandle ignore = MethodHandles.lookup().findStatic(Pings.class, "ignore",
                MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class));
        call(function("XSetErrorHandler", POINTER, POINTER),
                Linker.nativeLinker().upcallStub(ignore, FunctionDescriptor.of(INT, POINTER, POINTER), Arena.global()));
        MethodHandle atom = function("XInternAtom", LONG, POINTER, POINTER, INT);
        protocols = (long) call(atom, display, arena.allocateFrom("WM_PROTOCOLS"), 0);
        ping = (long) call(atom, display, arena.allocateFrom("_NET_WM_PING"), 0);
        Object root = call(function("XDefaultRootWindow", LONG, POINTER), display);
        call(function("XSelectInput", INT, POINTER, LONG, LONG), display, root, SUBSTRUCTURE_NOTIFY);
        call(flush, display);
    }

    /// A server that its last client just left begins anew, and takes nobody in that moment.
    private MemorySegment open(String name) throws InterruptedException {
        MethodHandle open = function("XOpenDisplay", POINTER, POINTER);
        for (int tries = 0; tries < 50; tries++) {
            var opened = (MemorySegment) call(open, arena.allocateFrom(name));
            if (opened.address() != 0) return opened;
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException("no display " + name);
    }

    /// Asks for so long.
    ///
    /// @param start in nanoseconds, from which the first answer counts
    Answers ask(long start, long seconds) throws InterruptedException {
        Map<Long, Long> asked = new HashMap<>();
        long window = 0;
        long number = 0;
        long last = start;
        long first = 0;
        long silence = 0;
        for (long now = start; now - start < TimeUnit.SECONDS.toNanos(seconds); now = System.nanoTime()) {
            while ((int) call(pending, display) > 0) {
                call(next, display, event);
                if (window == 0) window = mapped();
                Long at = asked.remove(answer());
                if (at == null) continue;
                now = System.nanoTime();
                if (first == 0) first = now;
                silence = Math.max(silence, now - at);
            }
            if (window != 0 && now - last >= EACH) {
                last = now;
                asked.put(++number, now);
                question(window, number);
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        if (first == 0) return new Answers(0, 0);
        for (long at : asked.values()) silence = Math.max(silence, System.nanoTime() - at);
        return new Answers((first - start) / 1e9, silence / 1e9);
    }

    /// The window that the event says has appeared; 0 where it says something else.
    private long mapped() {
        boolean one = event.get(ValueLayout.JAVA_INT, 0) == MAP_NOTIFY && event.get(ValueLayout.JAVA_INT, OVERRIDE_REDIRECT) == 0;
        return one ? event.get(ValueLayout.JAVA_LONG, MAPPED_WINDOW) : 0;
    }

    /// The number of the question that the event brings back; -1 where it is something else.
    private long answer() {
        boolean one = event.get(ValueLayout.JAVA_INT, 0) == CLIENT_MESSAGE && event.get(ValueLayout.JAVA_LONG, MESSAGE_TYPE) == protocols
                && event.get(ValueLayout.JAVA_LONG, DATA) == ping;
        return one ? event.get(ValueLayout.JAVA_LONG, DATA + 8) : -1;
    }

    /// @param number of at most 31 bits, as many as the wire carries
    private void question(long window, long number) {
        event.fill((byte) 0);
        event.set(ValueLayout.JAVA_INT, 0, CLIENT_MESSAGE);
        event.set(ValueLayout.JAVA_LONG, WINDOW, window);
        event.set(ValueLayout.JAVA_LONG, MESSAGE_TYPE, protocols);
        event.set(ValueLayout.JAVA_INT, FORMAT, 32);
        event.set(ValueLayout.JAVA_LONG, DATA, ping);
        event.set(ValueLayout.JAVA_LONG, DATA + 8, number);
        event.set(ValueLayout.JAVA_LONG, DATA + 16, window);
        call(send, display, window, 0, 0L, event);
        call(flush, display);
    }

    private MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
        return Linker.nativeLinker().downcallHandle(x.find(name).orElseThrow(), FunctionDescriptor.of(result, parameters));
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unused") // libX11 calls it
    private static int ignore(MemorySegment display, MemorySegment error) {
        return 0;
    }

    @Override
    public void close() {
        call(function("XCloseDisplay", INT, POINTER), display);
        arena.close();
    }
}
