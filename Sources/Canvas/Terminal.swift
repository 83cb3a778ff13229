/// What a terminal can show.
public struct Capabilities: Sendable, Hashable {
    /// How many colours: 0, 8, 16, 256 or 1 << 24.
    public var colors: Int
    /// Whether it shows UTF-8; else everything is drawn in ASCII.
    public var unicode: Bool
    /// The name in `TERM`.
    public var name: String
    /// What stands between the program and the terminal.
    public var multiplexer: Multiplexer

    /// Makes a description.
    public init(colors: Int, unicode: Bool, name: String, multiplexer: Multiplexer = .none) {
        self.colors = colors
        self.unicode = unicode
        self.name = name
        self.multiplexer = multiplexer
    }
}

/// The place that frames are drawn on and keys come from; used on the main thread only.
public protocol Terminal: AnyObject {
    /// The size in cells as last seen.
    var size: Size { get }
    /// What it can show.
    var capabilities: Capabilities { get }
    /// Writes what differs from the frame drawn before.
    func draw(_ frame: Frame)
    /// Whether the frame drawn last did not get out, because the line is stopped or slow; draw again soon.
    var isBehind: Bool { get }
    /// Takes everything typed so far; never waits.
    func input() -> [Input]
    /// Seconds until what came of a key is decided by time, such as an escape byte that may begin an arrow; ask for
    /// input again then. Infinite when nothing is open.
    var secondsUntilDecided: Double { get }
    /// Asks the terminal for its size again after a signal; true when it changed.
    func measure() -> Bool
    /// Draws everything again at the next frame.
    func invalidate()
    /// Switches mouse reports on or off.
    func setMouse(_ on: Bool)
    /// Writes bytes that draw nothing, such as a bell or an OSC sequence.
    func emit(_ bytes: [UInt8])
    /// Gives the terminal back to the shell or an editor, as it was found.
    func suspend()
    /// Takes the terminal again and draws everything at the next frame.
    func resume()
    /// Leaves the terminal as it was found; nothing may be drawn afterwards.
    func close()
}

extension Terminal {
    /// False: a terminal that always takes what is drawn.
    public var isBehind: Bool { false }
    /// Infinite: keys that come whole.
    public var secondsUntilDecided: Double { .infinity }
}

/// One thing that came from the terminal.
public enum Input: Sendable, Hashable {
    /// A key.
    case key(Key)
    /// A bracketed paste, not yet cleaned.
    case paste(String)
    /// The mouse at a cell.
    case mouse(Mouse, x: Int, y: Int)
    /// The terminal is gone.
    case end
}

/// What the mouse did.
public enum Mouse: Sendable, Hashable {
    /// A press of the left button; a second one within a short time; the wheel.
    case click, doubleClick, wheelUp, wheelDown
}
