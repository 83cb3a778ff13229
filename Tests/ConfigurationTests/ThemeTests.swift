import Canvas
import Configuration
import Dashboard
import Foundation
import Presets
import TOML
import Testing

/// The files that ship, as the program hands them over.
private let shipped = Presets.themes.map {
    NamedFile(name: $0.name, path: "themes/\($0.name).toml", bytes: $0.bytes)
}

@Suite("Themes")
struct ThemeTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private func library(_ files: [String: String] = [:]) throws -> ThemeLibrary {
        for (name, text) in files { try scratch.write(text, to: "themes/\(name).toml") }
        return ThemeLibrary(shipped: shipped, directory: scratch.path("themes"))
    }

    private func style(_ theme: String, _ role: Role, _ variant: Variant = .plain, in library: ThemeLibrary)
        throws
        -> Style
    {
        let place = try #require(library.index(of: theme))
        return library.themes[place].sheet[Theme.style(role, variant)]
    }

    @Test("every theme file ships, in order, without a complaint")
    func ships() throws {
        let library = try library()
        #expect(library.complaints == [])
        #expect(library.themes.map(\.name) == Self.names)
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../themes")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == Set(library.themes.map { "\($0.name).toml" }))
    }

    /// Every theme that ships, in the order of the theme key.
    static let names = [
        "midnight", "daylight", "high-contrast", "cvd-deutan", "cvd-tritan", "mono", "linux-console",
    ]
    static let coloured = names.filter { $0 != "mono" }

    @Test(
        "nothing of the theme of high contrast is below seven to one on the screen", arguments: Depth.allCases
    )
    func highContrast(depth: Depth) throws {
        let library = try library()
        for role in Role.allCases {
            let style = try style("high-contrast", role, in: library)
            let front = try #require(depth.rgb(style.foreground))
            let back = try #require(depth.rgb(style.background))
            // The sixteen colours of a terminal are its own.
            #expect(Contrast.between(front, back) >= (depth.isFree ? 7 : 4.5), "\(role.rawValue)")
        }
    }

    @Test(
        "severities are told apart by eyes that lack a kind of cone",
        arguments: [("cvd-deutan", Eyes.deutan), ("cvd-deutan", .protan), ("cvd-tritan", .tritan)],
        Depth.allCases)
    func eyes(theme: (name: String, eyes: Eyes), depth: Depth) throws {
        let library = try library()
        let roles: [Role] = [.severityCritical, .severityWarning, .severityOk, .severityUnknown]
        let colors = try roles.map { role in
            try #require(depth.rgb(try style(theme.name, role, in: library).foreground))
        }
        for first in roles.indices {
            for second in roles.indices where second > first {
                for eyes in [theme.eyes, .usual] {
                    let distance = eyes.distance(colors[first], colors[second])
                    #expect(distance >= 20, "\(roles[first]) and \(roles[second]) for \(eyes)")
                }
            }
        }
    }

    @Test("the theme of the console uses nothing that it shows as a colour")
    func console() throws {
        let library = try library()
        for role in Role.allCases {
            for variant in Variant.allCases {
                let attributes = try style("linux-console", role, variant, in: library).attributes
                #expect(attributes.isDisjoint(with: [.underline, .dim, .italic]), "\(role.rawValue)")
            }
        }
    }

    /// What a role is drawn on besides the screen.
    private static func variants(of role: Role) -> [Variant] {
        switch role {
        // These are grounds, or stand on nothing else.
        case .cursor, .insecure, .chip, .past, .tab, .tabActive: [.plain]
        case .input, .dialogFocus: [.plain, .dialog]
        default: Variant.allCases
        }
    }

    @Test(
        "every word can be read: a contrast of 4.5 to 1 in direct colour, 256 and 16",
        arguments: coloured, Depth.allCases)
    func contrast(name: String, depth: Depth) throws {
        let library = try library()
        for role in Role.allCases {
            for variant in Self.variants(of: role) {
                let style = try style(name, role, variant, in: library)
                let front = try #require(depth.rgb(style.foreground), "\(role) has no foreground")
                let back = try #require(depth.rgb(style.background), "\(role) has no background")
                let contrast = Contrast.between(front, back)
                #expect(
                    contrast >= 4.5,
                    "\(role.rawValue) on \(variant) is \(contrast.formatted(.number.precision(.fractionLength(2))))"
                )
            }
        }
    }

    @Test(
        "the row under the cursor stands out from the screen", arguments: coloured, Depth.allCases)
    func cursor(name: String, depth: Depth) throws {
        let library = try library()
        let screen = try #require(depth.rgb(try style(name, .text, in: library).background))
        let row = try #require(depth.rgb(try style(name, .text, .selected, in: library).background))
        func part(_ rgb: UInt32, _ shift: UInt32) -> Int { Int(rgb >> shift & 0xFF) }
        let distance = [0, 8, 16].reduce(0) { $0 + abs(part(screen, $1) - part(row, $1)) }
        #expect(distance >= 60)
    }

    @Test("the theme without colours has none, and still tells cursor, critical and stale")
    func mono() throws {
        let library = try library()
        for role in Role.allCases {
            for variant in Variant.allCases {
                let style = try style("mono", role, variant, in: library)
                #expect(style.foreground == .terminal && style.background == .terminal)
            }
        }
        #expect(try style("mono", .text, .selected, in: library).attributes == .reverse)
        #expect(try style("mono", .severityCritical, in: library).attributes == .bold)
        #expect(try style("mono", .text, .stale, in: library).attributes == .dim)
        #expect(try style("mono", .text, .header, in: library).attributes == .reverse)
    }

    @Test("a role without a background takes that of the ground it stands on")
    func grounds() throws {
        let library = try library()
        let header = try style("midnight", .header, in: library).background
        let dialog = try style("midnight", .dialog, in: library).background
        #expect(try style("midnight", .severityCritical, .header, in: library).background == header)
        #expect(try style("midnight", .text, .dialog, in: library).background == dialog)
        #expect(try style("midnight", .insecure, .header, in: library).background != header)
    }

    @Test("a file of the operator replaces the one that ships, and may inherit from it")
    func override() throws {
        let library = try library([
            "midnight": """
            inherits = "midnight"
            [palette]
            red = { rgb = "#123456", c256 = 7, c16 = "bright-magenta" }
            [roles]
            "text.strong" = { italic = true }
            """,
            "mine":
                "inherits = \"midnight\"\n[palette]\nplain = \"#abcdef\"\n[roles]\n\"link\" = { fg = \"plain\" }\n",
        ])
        #expect(library.complaints == [])
        #expect(library.themes.map(\.name) == Self.names + ["mine"])
        let color = Color(rgb: 0x123456, c256: 7, c16: 13)
        #expect(try style("midnight", .severityCritical, in: library).foreground == color)
        #expect(try style("midnight", .textStrong, in: library).attributes == .italic)
        #expect(try style("mine", .severityCritical, in: library).foreground == color)
        #expect(try style("mine", .link, in: library).foreground == Color(rgb: 0xABCDEF))
    }

    /// A file with one fault, the line that it is in, and words that must be said.
    static let faults: [(text: String, place: String, words: String)] = [
        ("inherits = \"midnigth\"", "1:12", "did you mean \"midnight\"?"),
        ("inherits = 3", "1:12", "the name of a theme, and this is a whole number"),
        ("[palete]", "1:2", "did you mean \"palette\"?"),
        ("[palette]\nred = \"red\"", "2:7", "#rrggbb"),
        ("[palette]\nred = { rgb = \"#ff5f5\" }", "2:15", "#rrggbb"),
        ("[palette]\nred = { c256 = 256 }", "2:16", "from 0 to 255, and this is 256"),
        ("[palette]\nred = { c16 = \"brightred\" }", "2:15", "did you mean \"bright-red\"?"),
        ("[roles]\n\"severity.critcal\" = {}", "2:1", "did you mean \"severity.critical\"?"),
        ("[roles]\nread_only.x = {}", "2:1", "did you mean \"read-only\"?"),
        ("[roles]\nseverity.warning = {}", "2:1", "write the role in quotes: \"severity.warning\""),
        ("[roles]\ntext.strong = { bold = true }", "2:1", "write the role in quotes: \"text.strong\""),
        (
            "[roles]\n\"text\" = { fg = \"rde\" }\n[palette]\nred = \"#ff0000\"", "2:17",
            "did you mean \"red\"?"
        ),
        ("[roles]\n\"text\" = { colour = \"red\" }", "2:12", "the role \"text\" has no key \"colour\""),
        ("[roles]\n\"text\" = { bold = 1 }", "2:19", "bold is true or false, and this is 1"),
        ("[roles]\n\"text\" = \"red\"", "2:10", "{ fg = \"red\", bold = true }"),
        ("roles = [", "1:", "invalid TOML"),
    ]

    @Test("each fault of a theme says where it is and what to do, and the rest is used", arguments: faults)
    func fault(text: String, place: String, words: String) throws {
        let library = try library(["mine": text])
        #expect(library.themes.count == Self.names.count + 1)
        let complaint = try #require(library.complaints.first)
        #expect(complaint.file == scratch.path("themes/mine.toml"))
        #expect(complaint.position?.description.hasPrefix(place) == true, "\(complaint)")
        #expect(complaint.words.contains(words), "\(complaint)")
    }

    @Test("themes that inherit from each other are told, and end")
    func circle() throws {
        let library = try library(["a": "inherits = \"b\"", "b": "inherits = \"a\""])
        #expect(library.themes.count == Self.names.count + 2)
        #expect(library.complaints.count == 2)
        #expect(library.complaints.allSatisfy { $0.words.contains("inherits from this theme itself") })
    }
}
