import ArgumentParser
import Canvas
import Configuration
import Dashboard
import Domain
import Presets

/// Lists themes, shows one, prints one.
struct ThemesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "themes",
        abstract: "List the themes, or print one as a file.")

    @Argument(help: "The theme to print.", completion: .list(Presets.themes.map(\.name))) var name: String?
    @Flag(help: "Show the theme's colours instead.") var preview = false

    mutating func run() throws {
        let directories = Directories(environment: Setup.environment)
        let library = LookLibrary(directories).themes
        for complaint in library.complaints { Console.complain(complaint.description) }
        guard let name else {
            for theme in library.themes {
                let own =
                    library.isOwn(theme.name)
                    ? "  \(directories.configuration)/themes/\(theme.name).toml" : ""
                Console.say("\(theme.name)\(own)")
                if preview { Self.show(theme) }
            }
            return
        }
        guard let theme = library.themes.first(where: { $0.name == name }) else {
            throw Failure(
                .usage, "unknown theme \"\(name)\"\(Nearest.choices(name, among: library.themes.map(\.name)))"
            )
        }
        if preview {
            Self.show(theme)
        } else {
            Console.write(theme.fileText)
        }
    }

    /// A line of samples per group of roles, in as many colours as the terminal has.
    private static func show(_ theme: Theme) {
        let depth = SampleDepth(Setup.environment, isTerminal: Console.wantsColors)
        for group in [
            [Role.text, .textMuted, .textHeading, .link, .match],
            [.header, .tab, .tabActive, .column, .cursor],
            [.severityCritical, .severityWarning, .severityOk, .severityUnknown],
            [.stateUp, .stateDown, .statePartly, .stateHandled, .stateOff],
            [.fresh, .freshStale, .freshLost],
        ] {
            let samples = group.map { role in
                let sequence = depth.sequence(theme.look(of: role))
                return sequence.isEmpty ? role.rawValue : "\(sequence) \(role.rawValue) \u{1B}[0m"
            }
            Console.print("  " + samples.joined(separator: " "))
        }
    }
}

/// How many colours samples may have.
enum SampleDepth {
    case none, sixteen, palette, direct

    init(_ variables: [String: String], isTerminal: Bool) {
        let term = variables["TERM"] ?? ""
        if !isTerminal {
            self = .none
        } else if ["truecolor", "24bit"].contains(variables["COLORTERM"] ?? "") || term.hasSuffix("-direct") {
            self = .direct
        } else {
            self = term.contains("256color") ? .palette : .sixteen
        }
    }

    /// What a terminal is told to write in a style; nothing where there are no colours.
    func sequence(_ style: Style) -> String {
        guard self != .none else { return "" }
        var codes: [String] = []
        for (attribute, code) in [
            (Style.Attributes.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
        ] where style.attributes.contains(attribute) { codes.append(code) }
        codes += [code(style.foreground, base: 30), code(style.background, base: 40)].compactMap { $0 }
        return codes.isEmpty ? "" : "\u{1B}[\(codes.joined(separator: ";"))m"
    }

    private func code(_ color: Color, base: Int) -> String? {
        if self == .direct, let rgb = color.rgb {
            return "\(base + 8);2;\(rgb >> 16 & 255);\(rgb >> 8 & 255);\(rgb & 255)"
        }
        if self != .sixteen, let c256 = color.c256 { return "\(base + 8);5;\(c256)" }
        guard let c16 = color.c16 else { return nil }
        return c16 < 8 ? "\(base + Int(c16))" : "\(base + 60 + Int(c16) - 8)"
    }
}
