import ArgumentParser

/// Prints the manual page, made from what `--help` says of every subcommand.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page in roff.", shouldDisplay: false)

    mutating func run() throws { Console.write(Self.text) }

    /// The page.
    static var text: String {
        var lines = [
            ".TH NOCTURNE 1 \"\" \"nocturne \(Nocturne.version)\" \"User Commands\"", ".SH NAME",
            "nocturne \\- dashboard for network on\\-call engineers", ".SH SYNOPSIS", ".B nocturne",
            "[\\fIsubcommand\\fR] [\\fIoptions\\fR]", ".SH DESCRIPTION", ".nf",
            block(Nocturne.helpMessage(columns: 76)), ".fi",
        ]
        for command in Nocturne.configuration.subcommands where command.configuration.shouldDisplay {
            lines += [
                ".SH \(escaped((command.configuration.commandName ?? "").uppercased()))", ".nf",
                block(Nocturne.helpMessage(for: command, columns: 76)), ".fi",
            ]
        }
        lines += [
            ".SH EXIT STATUS", ".nf",
            "0   fine", "1   wrong usage or configuration", "2   a backend failed",
            "3   refused: not confirmed, or read\\-only", "4   a command's outcome is not known",
            "5   a command failed", "10  get \\-\\-exit\\-severity: the worst is a warning",
            "11  get \\-\\-exit\\-severity: the worst is critical", ".fi",
            ".SH FILES", ".nf", "$XDG_CONFIG_HOME/nocturne/config.toml   the configuration",
            "$XDG_CONFIG_HOME/nocturne/themes/       own themes",
            "$XDG_CONFIG_HOME/nocturne/keymaps/      own keys",
            "$XDG_STATE_HOME/nocturne/audit.jsonl    every command, recorded before it is sent", ".fi",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func block(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }
            .joined(separator: "\n")
    }

    /// A line that roff takes as it is.
    private static func escaped(_ line: String) -> String {
        let text = line.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
        return text.hasPrefix(".") ? "\\&" + text : text
    }
}
