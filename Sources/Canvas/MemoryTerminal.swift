import Synchronization

/// A terminal without a screen, for driven tests: it is fed with inputs and keeps what was drawn.
///
/// The loop under test and the test may live on different threads; everything stands behind one lock.
public final class MemoryTerminal: Terminal, Sendable {
    /// What happened so far.
    public struct Record: Sendable {
        /// The frame drawn last; nil before the first.
        public var frame: Frame?
        /// How often a frame was drawn.
        public var draws = 0
        /// What was emitted past the frames.
        public var emitted: [UInt8] = []
        /// How often everything had to be drawn again.
        public var invalidations = 0
        /// Whether mouse reports are on.
        public var isMouseOn = false
        /// Whether the terminal is given back to the shell.
        public var isSuspended = false
        /// Whether it was left for good.
        public var isClosed = false
    }

    private struct State {
        var record = Record()
        var pending: [Input] = []
        var size: Size
        var newSize: Size?
        var capabilities: Capabilities
        var wake: @Sendable () -> Void = {}
    }

    private let state: Mutex<State>

    /// Makes a terminal that shows UTF-8 and 256 colours unless told otherwise.
    public init(
        size: Size = Size(80, 24),
        capabilities: Capabilities = Capabilities(colors: 256, unicode: true, name: "memory")
    ) {
        state = Mutex(State(size: size, capabilities: capabilities))
    }

    /// What happened so far.
    public var record: Record { state.withLock { $0.record } }
    /// The text of the frame drawn last, without blanks at the ends of rows; empty before the first.
    public var screen: [String] { record.frame?.textLines() ?? [] }

    /// Says what to call after something was fed: wakes the loop.
    public func onFeed(_ wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

    /// Feeds inputs, in the order in which the loop will take them.
    public func feed(_ inputs: [Input]) {
        state.withLock { state in
            state.pending += inputs
            return state.wake
        }()
    }

    /// Presses keys by their spelling: `j`, `ctrl-d`, `Enter`; what names no key is left out.
    public func press(_ keys: String...) { feed(keys.compactMap(Key.init).map(Input.key)) }

    /// Types a text letter by letter.
    public func type(_ text: String) { feed(text.map { .key(.character($0)) }) }

    /// Changes the size, as a window is resized; the loop sees it when it measures.
    public func resize(to size: Size) {
        state.withLock { state in
            state.newSize = size
            return state.wake
        }()
    }

    // MARK: Terminal

    /// The size in cells as last seen.
    public var size: Size { state.withLock { $0.size } }
    /// What it can show.
    public var capabilities: Capabilities { state.withLock { $0.capabilities } }

    /// Keeps a frame.
    public func draw(_ frame: Frame) {
        state.withLock { state in
            state.record.frame = frame
            state.record.draws += 1
        }
    }

    /// Takes what was fed.
    public func input() -> [Input] {
        state.withLock { state in
            defer { state.pending = [] }
            return state.pending
        }
    }

    /// Takes over a new size; true when it changed.
    public func measure() -> Bool {
        state.withLock { state in
            guard let size = state.newSize, size != state.size else { return false }
            state.size = size
            state.newSize = nil
            return true
        }
    }

    /// Counts.
    public func invalidate() { state.withLock { $0.record.invalidations += 1 } }
    /// Notes whether mouse reports are on.
    public func setMouse(_ on: Bool) { state.withLock { $0.record.isMouseOn = on } }
    /// Keeps the bytes.
    public func emit(_ bytes: [UInt8]) { state.withLock { $0.record.emitted += bytes } }
    /// Notes that the shell has the terminal.
    public func suspend() { state.withLock { $0.record.isSuspended = true } }
    /// Notes that the terminal is back.
    public func resume() { state.withLock { $0.record.isSuspended = false } }
    /// Notes that the terminal was left.
    public func close() { state.withLock { $0.record.isClosed = true } }
}
