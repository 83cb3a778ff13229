import ArgumentParser

/// Prints the manual page.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page in roff.", shouldDisplay: false)

    mutating func run() throws { Console.write(Self.text) }

    /// The page: what it is by hand, the options from what `--help` says of every subcommand.
    static var text: String {
        var lines = [
            ".TH NOCTURNE 1 \"\" \"nocturne \(Nocturne.version)\" \"User Commands\"",
            ".SH NAME", "nocturne \\- dashboard for LibreNMS, Krill and Bonding servers",
            ".SH SYNOPSIS", ".B nocturne", "[\\fIoptions\\fR]", ".br", ".B nocturne",
            "\\fIcommand\\fR [\\fIarguments\\fR] [\\fIoptions\\fR]",
            ".SH DESCRIPTION",
            "Without a command,", ".B nocturne",
            "opens a full\\-screen dashboard in the terminal: the alerts, devices, ports, bonds and customers of",
            "all configured servers, the worst first.",
            "The commands print the same data and send the same commands to servers without a screen.",
            "Press ? in the dashboard for its keys.",
            ".SH EXAMPLES",
        ]
        for (words, line) in examples {
            lines += [".TP", escaped(words), ".nf", ".B \(escaped(line))", ".fi"]
        }
        lines += [".SH COMMANDS"]
        for command in displayed {
            lines += [".TP", ".B \(escaped(command.configuration.commandName ?? ""))"]
            lines.append(escaped(command.configuration.abstract))
        }
        lines += [".SH OPTIONS"]
        for command in displayed {
            let name = command.configuration.commandName ?? ""
            lines += [".SS \(escaped("nocturne \(name)"))", ".nf"]
            lines += [block(Nocturne.helpMessage(for: command, columns: 76)), ".fi"]
        }
        lines += [".SH CONFIGURATION", configuration(of: "core"), ".SH ENVIRONMENT"]
        for (name, words) in environment { lines += [".TP", ".B \(escaped(name))", escaped(words)] }
        lines += [".SH FILES"]
        for (path, words) in files { lines += [".TP", ".I \(escaped(path))", escaped(words)] }
        lines += [".SH EXIT STATUS"]
        for (code, words) in codes { lines += [".TP", ".B \(code)", escaped(words)] }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
    }

    private static var displayed: [any ParsableCommand.Type] {
        Nocturne.configuration.subcommands.filter { $0.configuration.shouldDisplay }
    }

    /// What people do first, each line understood by the program.
    static let examples: [(words: String, line: String)] = [
        ("Try it on a simulated network:", "nocturne --demo"),
        ("Write a first configuration, then verify it:", "nocturne init && nocturne check"),
        (
            "Print the critical alerts that nobody has acknowledged:",
            "nocturne get alerts -f 'sev=critical !state:acknowledged'"
        ),
        ("Print the busiest ports as JSON:", "nocturne get ports --sort -in_bps -o json"),
        (
            "Acknowledge an alert, first only showing what would be sent:",
            "nocturne ack alert/4711 --note 'on it' --dry-run"
        ),
        (
            "Restart a bond, which is disruptive and needs its name:",
            "nocturne restart alpine-marine --confirm alpine-marine"
        ),
        ("Find a MAC address on all servers:", "nocturne get where --search 00:16:3e:00:00:0b"),
        ("Show a wallboard that can't change anything:", "nocturne --wallboard noc"),
    ]

    private static func configuration(of name: String) -> String {
        let lines = [
            "[[backend]]", "name = \"\(name)\"", "kind = \"librenms\"        # or krill, bonding",
            "url = \"https://nms.example.net\"", "token = { env = \"NMS_TOKEN\" }",
        ]
        return """
            The configuration is a TOML file with a table for each server:
            .PP
            .RS
            .nf
            \(lines.map(escaped).joined(separator: "\n"))
            .fi
            .RE
            .PP
            Krill and Bonding take
            .B user
            and
            .B password
            instead of
            .BR token .
            A secret is { env = "NAME" }, { file = "PATH" } or { command = ["PROGRAM", "ARGUMENT"] }.
            .B nocturne init
            writes a file with every key and its default in comments;
            .B nocturne check
            reports errors with file, line and column.
            """
    }

    static let environment: [(name: String, words: String)] = [
        ("XDG_CONFIG_HOME", "Where the configuration is (default: ~/.config)."),
        ("XDG_STATE_HOME", "Where the audit log, the history and saved views are (default: ~/.local/state)."),
        ("NO_COLOR", "If set and not empty, no colours."),
        ("TERM, COLORTERM", "How many colours the terminal has."),
        ("LANG, LC_ALL, LC_CTYPE", "Without UTF-8, everything is drawn in ASCII."),
        ("VISUAL, EDITOR", "The editor for alert rules."),
        ("https_proxy, http_proxy, all_proxy, no_proxy", "The proxy, if a backend names none."),
    ]

    static let files: [(path: String, words: String)] = [
        ("~/.config/nocturne/config.toml", "The configuration."),
        ("~/.config/nocturne/themes/*.toml", "Your own themes."),
        ("~/.config/nocturne/keymaps/*.toml", "Your own keys."),
        ("~/.local/state/nocturne/audit.jsonl", "Every command, recorded before it is sent."),
        ("~/.local/state/nocturne/history.sqlite", "What changed, as the dashboards saw it."),
        ("~/.local/state/nocturne/views.jsonl", "Saved views, columns and orders."),
    ]

    static let codes: [(code: Int, words: String)] = [
        (0, "Success."), (1, "Wrong usage or an invalid configuration."),
        (2, "A backend failed; what the others said is printed."),
        (3, "Refused: not confirmed, or read-only. Nothing was sent."),
        (4, "A command was sent and its outcome is unknown."), (5, "A command failed."),
        (10, "get --exit-severity: the worst row is a warning."),
        (11, "get --exit-severity: the worst row is critical."),
    ]

    private static func block(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map {
            // An empty line in a block is a space of its own to roff.
            $0.isEmpty ? ".sp" : escaped(String($0))
        }.joined(separator: "\n")
    }

    /// A line that roff takes as it is.
    private static func escaped(_ line: String) -> String {
        let text = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
            .replacing("…", with: "...")
            .replacing("'", with: "\\(aq").replacing("~", with: "\\(ti").replacing("\"", with: "\\(dq")
        return text.hasPrefix(".") ? "\\&" + text : text
    }
}
