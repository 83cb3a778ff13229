import ArgumentParser
import Canvas

/// What `nocturne --help` says: one screen.
enum FirstHelp {
    private static let head = """
        nocturne: a dashboard for LibreNMS, Krill and Bonding servers in one terminal
        Usage: nocturne [options]            open the dashboard
               nocturne COMMAND [options]    run a command; COMMAND --help has more

          nocturne --demo                            try it on a simulated network
          nocturne get alerts -f sev=critical        print the critical alerts
          nocturne ack alert/4711 --note 'on it' --yes
          --demo          simulated network      --read-only       disable all commands
          --backend NAME  only this server       --theme NAME      start with this theme
          --config FILE   another configuration  --wallboard NAME  show a wallboard
          --log FILE      log every request      --low-bandwidth   fewer screen updates

        """

    /// The columns of a terminal that it fits.
    private static let width = 80

    /// The text, with a line for each subcommand.
    static var text: String {
        let short = ShortCommands.all.compactMap { $0.configuration.commandName }
        let commands = Nocturne.configuration.subcommands.map { $0.configuration }.filter {
            $0.shouldDisplay && $0.commandName != "dashboard" && !short.contains($0.commandName ?? "")
        }
        let lines = commands.map { line($0.commandName ?? "", $0.abstract) }
        // They are all of do: their names are enough.
        return
            ([head] + lines + TextLayout.wrap(short.joined(separator: ", "), to: width - 2).map { "  \($0)" })
            .joined(separator: "\n")
    }

    private static func line(_ name: String, _ words: String) -> String {
        let words = words.hasSuffix(".") ? String(words.dropLast()) : words
        let pad = String(repeating: " ", count: max(1, 10 - name.count))
        return TextLayout.cut("  \(name)\(pad)\(words)", to: width)
    }

    /// Why a command line can't have help in the form it asks for; nil where it can, or asks for none.
    ///
    /// The parser would write it as JSON by Foundation, which the release binary goes without.
    static func complaint(about arguments: [String]) -> String? {
        let option = "--experimental-dump-help"
        // What follows "--" is no option, whatever it is called.
        let isAsked = arguments.prefix { $0 != "--" }.contains { $0 == option || $0.hasPrefix("\(option)=") }
        return isAsked ? "\(option) is not supported; nocturne manual prints the whole reference" : nil
    }

    /// Whether a command line asks for it: for help, and for that of no subcommand.
    static func isWanted(_ arguments: [String], own: [String]) -> Bool {
        guard let first = arguments.first else { return false }
        if arguments == ["help"] { return true }
        guard first.hasPrefix("-") else { return false }
        let end = arguments.firstIndex { own.contains($0) } ?? arguments.endIndex
        return arguments[..<end].contains { $0 == "--help" || $0 == "-h" }
    }
}
