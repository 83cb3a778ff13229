import CurlTransport
import Glibc
import Synchronization

/// What the dashboard needs whatever is configured, made on threads of their own while the main one reads the command line
/// and the configuration.
///
/// Who needs one of these things sooner waits for it: each is made once.
enum Beforehand {
    private static let threads = Mutex<[pthread_t]>([])

    /// Begins; nothing is asked and nothing is shown.
    static func begin() {
        run { _ in
            CurlNetwork.load()
            return nil
        }
        run { _ in
            _ = AdapterRegistry.samples
            return nil
        }
    }

    /// Waits until all is made: a process must not end while libraries are being loaded.
    static func end() {
        for thread in threads.withLock({ taken in
            defer { taken = [] }
            return taken
        }) {
            pthread_join(thread, nil)
        }
    }

    private static func run(_ work: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?) {
        // Signals are the main thread's.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        // Without a thread it is made when it is needed.
        if pthread_create(&thread, nil, work, nil) == 0 { threads.withLock { $0.append(thread) } }
    }
}
