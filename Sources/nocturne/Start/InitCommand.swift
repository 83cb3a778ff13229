import AdapterKit
import ArgumentParser
import CLinux
import Configuration
import Dashboard
import Domain
import Glibc

/// Writes a first configuration.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a first configuration.",
        discussion: """
            Examples:
              nocturne init
              nocturne init --kind librenms --url https://nms.example.net --name core --secret-env NMS_TOKEN

            On a terminal, asks for what is not given, tries the login, and asks for further servers. Never \
            overwrites an existing file. The file can be read by its owner alone (0600). The secret itself is never \
            asked for, only where it comes from.

            LibreNMS: \(AccessAdvice.words["librenms"] ?? "")
            Krill: \(AccessAdvice.words["krill"] ?? "")
            Bonding: \(AccessAdvice.words["bonding"] ?? "")
            """)

    @Option(help: ArgumentHelp("The file to write.", valueName: "file")) var config: String?
    @Option(
        help: ArgumentHelp("The API: librenms, krill or bonding.", valueName: "kind"),
        completion: .list(AdapterRegistry.native.map(\.kind)))
    var kind: String?
    @Option(help: ArgumentHelp("The address, https://host.", valueName: "url")) var url: String?
    @Option(help: ArgumentHelp("The name of the server in nocturne: one word.", valueName: "name"))
    var name: String?
    @Option(help: ArgumentHelp("The user, for Krill and Bonding.", valueName: "user")) var user: String?
    @Option(help: ArgumentHelp("The variable that holds the token or password.", valueName: "name"))
    var secretEnv: String?
    @Option(help: ArgumentHelp("The file that holds the token or password.", valueName: "file"))
    var secretFile: String?
    @Option(help: ArgumentHelp("The command that prints the token or password.", valueName: "words"))
    var secretCommand: String?
    @Option(help: ArgumentHelp("normal, guarded or read-only.", valueName: "mode"))
    var mode: String = BackendMode.normal.rawValue
    @Flag(help: "Print a commented file that describes an adapter instead, to start from.") var adapter =
        false

    mutating func run() throws {
        if adapter { return Console.write(AdapterSkeleton.text) }
        let path = try InitDialog(
            given: Given(
                config: config, name: name, kind: kind, url: url, user: user, secretEnv: secretEnv,
                secretFile: secretFile, secretCommand: secretCommand, mode: mode),
            prompt: isatty(STDIN_FILENO) == 1 ? .terminal : nil
        ).write()
        Console.print("wrote \(path)\nRun nocturne check to verify it, nocturne to open the dashboard.")
    }

    /// What was given, and need not be asked for.
    struct Given {
        var config: String?
        var name: String?
        var kind: String?
        var url: String?
        var user: String?
        var secretEnv: String?
        var secretFile: String?
        var secretCommand: String?
        var mode = BackendMode.normal.rawValue
    }
}

/// Where the login of each kind of server comes from, and what it needs.
enum AccessAdvice {
    static let words = [
        "librenms":
            "create the token in the web interface under Settings (gear) > API > API Settings. A user with the role "
            + "global-read can watch; acknowledging and other commands need an administrator.",
        "krill":
            "a user of the web interface. View permissions are enough to watch, commands need the change permissions "
            + "of what they change; a user sees only its own realm and host groups.",
        "bonding":
            "a user of the management server in the group View; commands need Bond admin or Leg admin besides.",
    ]

    /// The variable and the name that are suggested for a kind.
    static func suggestion(_ kind: String) -> (name: String, variable: String) {
        switch kind {
        case "librenms": ("core", "NMS_TOKEN")
        case "krill": ("access", "KRILL_PASSWORD")
        default: ("bonds", "BONDING_PASSWORD")
        }
    }
}

/// Questions on a terminal, a line each.
struct Prompt {
    /// Asks, with what Enter alone means; nil at the end of the input.
    var ask: (_ question: String, _ standard: String?) -> String?
    var say: (String) -> Void
    /// Tries a login, and says in words what came of it.
    var logIn: (ConfigurationSketch, _ besides: String) -> LoginTrial.End

    static var terminal: Prompt {
        Prompt(
            ask: { question, standard in
                Console.write("\(question)\(standard.map { " [\($0)]" } ?? ""): ")
                guard let line = readLine() else { return nil }
                let words = line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
                return words.isEmpty ? standard ?? "" : words
            }, say: { Console.say("  \($0)") }, logIn: LoginTrial.run)
    }
}
