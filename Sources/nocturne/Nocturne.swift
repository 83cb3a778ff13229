import ArgumentParser
import CLinux
import Synchronization

/// The command line: without a subcommand it opens the dashboard.
@main
struct Nocturne: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "nocturne",
        abstract:
            "A dashboard for network on-call engineers: LibreNMS, Krill and Bonding servers in one terminal.",
        version: "nocturne \(version)",
        subcommands: [
            DashboardCommand.self, OpenCommand.self, GetCommand.self, ShowCommand.self, WatchCommand.self,
            BrowseCommand.self, FieldsCommand.self, DoCommand.self, AuditCommand.self, HistoryCommand.self,
            HandoffCommand.self, CheckCommand.self, InitCommand.self, TeamCommand.self, AdaptersCommand.self,
            ThemesCommand.self,
            KeysCommand.self,
            SimulateCommand.self, ManualCommand.self,
        ] + (opensDashboard.load(ordering: .relaxed) ? [] : ShortCommands.all),
        defaultSubcommand: DashboardCommand.self)

    /// Whether this process opens the dashboard: then nothing need be known of the commands that adapters offer.
    static let opensDashboard = Atomic(false)

    /// Whether a command line names no command: then it opens the dashboard, or fails.
    private static func namesNoCommand(_ arguments: [String]) -> Bool {
        guard let first = arguments.first else { return true }
        // Three dashes are a shell's that completes; it and scripts for it are told of all commands.
        guard first.hasPrefix("-"), !first.hasPrefix("---") else { return false }
        return !arguments.contains {
            ["-h", "--version"].contains($0) || $0.hasPrefix("--help")
                || $0.hasPrefix("--generate-completion-script")
        }
    }

    /// Parses and runs; usage errors end with 1, as PRODUCT.md's exit codes say.
    static func main() {
        clinux_keep_memory_private()
        clinux_memory_share()
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            if namesNoCommand(arguments) {
                opensDashboard.store(true, ordering: .relaxed)
                Beforehand.begin()
            }
            let own = configuration.subcommands.compactMap { $0.configuration.commandName }
            if FirstHelp.isWanted(arguments, own: own) { return Console.print(FirstHelp.text) }
            let complaint =
                FirstHelp.complaint(about: arguments) ?? ShortCommands.complaint(about: arguments, own: own)
            if let complaint {
                throw Failure(.usage, complaint)
            }
            let routed = ShortCommands.routed(arguments, besides: own)
            ActHelp.topic.withLock { $0 = ActHelp.topic(of: routed) }
            var command = try parseAsRoot(routed)
            try command.run()
            Beforehand.end()
        } catch let failure as Failure {
            Console.complain(failure.words)
            exit(withCode: failure.code)
        } catch {
            let code = exitCode(for: error)
            if code == .success {
                Console.print(fullMessage(for: error))
            } else {
                Console.complain(withoutPrefix(fullMessage(for: error)))
            }
            exit(withCode: code == .validationFailure ? .usage : ExitCodes(rawValue: code.rawValue) ?? .usage)
        }
    }

    /// A complaint without the word that says it is one: the program's name in front says it.
    static func withoutPrefix(_ words: String) -> String {
        words.hasPrefix("Error: ") ? String(words.dropFirst(7)) : words
    }

    private static func exit(withCode code: ExitCodes) -> Never { Console.exit(code) }
}

/// The exit codes of PRODUCT.md, section 12.
enum ExitCodes: Int32 {
    case fine = 0, usage = 1, backendFailed = 2, refused = 3, outcomeUnknown = 4, commandFailed = 5
    /// What `--exit-severity` found.
    case warning = 10, critical = 11
}

/// Why the program ends without having done what was asked.
struct Failure: Error {
    let code: ExitCodes
    let words: String

    init(_ code: ExitCodes, _ words: String) {
        self.code = code
        self.words = words
    }
}
