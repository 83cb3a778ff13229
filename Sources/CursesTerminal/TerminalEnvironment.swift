public import Canvas
internal import CNcurses

/// What the environment says about the terminal.
public struct TerminalEnvironment: Sendable, Hashable {
    /// The name of the terminal, `TERM`.
    public var term: String
    /// Whether `NO_COLOR` asks for none.
    public var wantsNoColor: Bool
    /// The locale for characters: the first of `LC_ALL`, `LC_CTYPE`, `LANG` that says something.
    public var locale: String
    /// What stands between the program and the terminal, by `TMUX`, `STY` and `TERM`.
    public var multiplexer: Multiplexer

    /// Makes an environment.
    public init(
        term: String, wantsNoColor: Bool = false, locale: String = "C.UTF-8", multiplexer: Multiplexer = .none
    ) {
        self.term = term
        self.wantsNoColor = wantsNoColor
        self.locale = locale
        self.multiplexer = multiplexer
    }

    /// Reads the environment of this process.
    public static func current() -> TerminalEnvironment {
        func variable(_ name: String) -> String { nc_variable(name).map { String(cString: $0) } ?? "" }
        return TerminalEnvironment(
            term: variable("TERM"), wantsNoColor: !variable("NO_COLOR").isEmpty,
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].map(variable).first { !$0.isEmpty } ?? "",
            multiplexer: Multiplexer(
                term: variable("TERM"), tmux: variable("TMUX"), screen: variable("STY")))
    }

    /// The locales to try, best first.
    ///
    /// A locale that is asked for but not installed is often one that ssh brought along: its UTF-8 is meant,
    /// its language does not matter here. `C` and another character set are wishes for plain ASCII. When
    /// nothing is said, only the old serial terminals are taken for ones without UTF-8.
    var locales: [String] {
        if locale == "C" || locale == "POSIX" { return ["C"] }
        if locale.isEmpty { return term.hasPrefix("vt") ? ["C"] : ["C.UTF-8", "C"] }
        let set = locale.split(separator: ".").dropFirst().first.map { $0.lowercased() } ?? ""
        let isOther = !set.isEmpty && !set.hasPrefix("utf-8") && !set.hasPrefix("utf8")
        return isOther ? [locale, "C"] : [locale, "C.UTF-8", "C"]
    }

    /// Sets the first of ``locales`` that is installed; true when it is UTF-8.
    func setLocale() -> Bool {
        for name in locales {
            let result = nc_set_locale(name)
            if result > 0 { return true }
            // An 8-bit character set is served as plain ASCII.
            if result == 0 { break }
        }
        _ = nc_set_locale("C")
        return false
    }
}
