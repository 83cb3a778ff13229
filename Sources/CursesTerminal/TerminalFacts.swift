internal import CNcurses

/// What is known of the terminal without taking it.
public struct TerminalFacts: Sendable, Hashable {
    /// The name in `TERM`.
    public var name: String
    /// Whether keys and screen are a terminal at all.
    public var isTerminal: Bool
    /// How many colours its description has; nil when its name is not known here.
    public var colors: Int?
    /// Whether its locale is UTF-8.
    public var isUnicode: Bool
    /// Whether `NO_COLOR` asks for none.
    public var wantsNoColor: Bool
    /// Columns and rows; nil when the system does not know.
    public var size: (width: Int, height: Int)? { width > 0 ? (width, height) : nil }
    private var width: Int
    private var height: Int

    /// Looks at the terminal of this process.
    public static func current(input: Int32 = 0, output: Int32 = 1) -> TerminalFacts {
        let environment = TerminalEnvironment.current()
        let colors = environment.term.isEmpty ? -1 : Int(nc_known_colors(environment.term, output))
        var width: Int32 = 0
        var height: Int32 = 0
        let hasSize = nc_window_size(output, &width, &height) != 0
        return TerminalFacts(
            name: environment.term, isTerminal: nc_is_terminal(input) != 0 && nc_is_terminal(output) != 0,
            colors: colors < 0 ? nil : colors, isUnicode: environment.setLocale(),
            wantsNoColor: environment.wantsNoColor, width: hasSize ? Int(width) : 0,
            height: hasSize ? Int(height) : 0)
    }
}
