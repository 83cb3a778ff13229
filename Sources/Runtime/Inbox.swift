internal import CLinux
public import Dashboard
internal import Domain
internal import Synchronization

/// Where answers wait for the main thread; any thread posts, the main thread takes.
///
/// Rows of a resource that nobody took yet are replaced by newer ones, so that a slow screen never makes it grow.
public final class Inbox: Sendable {
    private let events = Mutex<[Event]>([])
    /// The descriptor that becomes readable when something waits.
    public let bell: Int32
    private let isPatient = Atomic(false)

    /// Makes an inbox; nil when the system has no descriptor left.
    public init?() {
        bell = clinux_bell_open()
        if bell < 0 { return nil }
    }

    deinit { clinux_close(bell) }

    /// Leaves an event and wakes the main thread.
    ///
    /// - Parameter settle: what is to be true before it wakes, so that it need not be woken once more.
    public func post(_ event: Event, settle: () -> Void = {}) {
        events.withLock { events in
            if case .arrived(let backend, let kind, _) = event {
                let older = events.lastIndex {
                    if case .arrived(backend, kind, _) = $0 { true } else { false }
                }
                if let older {
                    events[older] = event
                    return
                }
            }
            events.append(event)
        }
        settle()
        wake()
    }

    /// Says whether what is left may wait until the main thread wakes by itself, which it does within a second.
    func setPatient(_ isPatient: Bool) {
        self.isPatient.store(isPatient, ordering: .sequentiallyConsistent)
    }

    /// Wakes the main thread though nothing waits, as when the last effect under way has ended.
    public func wake() {
        if !isPatient.load(ordering: .sequentiallyConsistent) { clinux_bell_ring(bell) }
    }

    /// Takes everything that waits, oldest first.
    public func take() -> [Event] {
        clinux_bell_silence(bell)
        return events.withLock { events in
            let taken = events
            events = []
            return taken
        }
    }
}
