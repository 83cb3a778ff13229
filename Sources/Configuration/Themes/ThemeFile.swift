internal import Canvas
internal import Dashboard
internal import Domain
internal import TOML

/// What one theme file says, before it is put on top of the one that it inherits from.
struct ThemeFile {
    /// A name of something else, and where it is asked for.
    struct Reference {
        let name: String
        let file: String
        let position: TOMLPosition
    }

    /// A look with its colours by name.
    struct Look {
        var foreground: Reference?
        var background: Reference?
        var attributes: Style.Attributes = []
    }

    /// The theme that it changes.
    private(set) var inherits: Reference?
    /// Its colours by name.
    private(set) var palette: [String: Color] = [:]
    /// Its looks by role.
    private(set) var roles: [Role: Look] = [:]
    /// What is wrong with it.
    private(set) var complaints: [Complaint] = []

    /// Reads a file; what is wrong is left out with a complaint.
    init(_ file: NamedFile) {
        var reader = SchemaReader(file: file.path) { $0 }
        do throws(TOMLError) {
            read(try TOMLTable.parse(file.bytes), &reader)
        } catch {
            reader.complain(.error, at: error.position, "invalid TOML: \(error.words)")
        }
        complaints = reader.complaints
    }

    private mutating func read(_ table: TOMLTable, _ reader: inout SchemaReader) {
        for entry in table.entries {
            switch (entry.key, entry.node.value) {
            case ("inherits", .string(let name)):
                inherits = Reference(name: name, file: reader.file, position: entry.node.position)
            case ("palette", .table(let colors)):
                for color in colors.entries { readColor(color, &reader) }
            case ("roles", .table(let roles)):
                for role in roles.entries { readRole(role, &reader) }
            case ("inherits", _), ("palette", _), ("roles", _):
                let wanted = entry.key == "inherits" ? "the name of a theme" : "a table"
                reader.complain(
                    .error, at: entry.node.position,
                    "\(entry.key) is \(wanted), and this is \(entry.node.kind)")
            default:
                let hint = Nearest.hint(entry.key, among: ["inherits", "palette", "roles"])
                reader.complain(.warning, at: entry.position, "a theme has no key \"\(entry.key)\"\(hint)")
            }
        }
    }

    private mutating func readColor(_ entry: TOMLTable.Entry, _ reader: inout SchemaReader) {
        var color = Color()
        if let text = entry.node.string {
            color.rgb = ThemeWords.rgb(text)
        } else if let table = entry.node.table {
            let values = reader.read(table, ThemeWords.color, name: "the colour \"\(entry.key)\"")
            if let text = values.text("rgb") {
                color.rgb = ThemeWords.rgb(text)
                if color.rgb == nil {
                    reader.complain(.error, at: values.position(of: "rgb"), "rgb is \(ThemeWords.rgbForm)")
                }
            }
            color.c256 = values.number("c256").map { UInt8($0) }
            color.c16 = values.text("c16").flatMap { ThemeWords.colors16.firstIndex(of: $0) }.map {
                UInt8($0)
            }
        }
        if color == .terminal, entry.node.table == nil {
            reader.complain(
                .error, at: entry.node.position,
                "a colour is \(ThemeWords.rgbForm), or { rgb = \"#ff5f5f\", c256 = 203, c16 = \"bright-red\" }"
            )
        }
        palette[entry.key] = color
    }

    private mutating func readRole(_ entry: TOMLTable.Entry, _ reader: inout SchemaReader) {
        // Without quotes, `severity.critical = …` is a table in a table.
        let nested = entry.node.table?.entries.map { "\(entry.key).\($0.key)" } ?? []
        if let meant = nested.first(where: { Role(rawValue: $0) != nil }) {
            reader.complain(.warning, at: entry.position, "write the role in quotes: \"\(meant)\"")
            return
        }
        guard let role = Role(rawValue: entry.key) else {
            let hint = Nearest.hint(entry.key, among: Role.allCases.map(\.rawValue))
            reader.complain(.warning, at: entry.position, "there is no role \"\(entry.key)\"\(hint)")
            return
        }
        guard let table = entry.node.table else {
            reader.complain(
                .error, at: entry.node.position,
                "a role is { fg = \"red\", bold = true }, and this is \(entry.node.kind)")
            return
        }
        let values = reader.read(table, ThemeWords.role, name: "the role \"\(entry.key)\"")
        let file = reader.file
        func reference(_ key: String) -> Reference? {
            values.text(key).map { Reference(name: $0, file: file, position: values.position(of: key)) }
        }
        var look = Look(foreground: reference("fg"), background: reference("bg"))
        for (name, attribute) in ThemeWords.attributes where values.flag(name) == true {
            look.attributes.insert(attribute)
        }
        roles[role] = look
    }
}

/// The words of theme files.
enum ThemeWords {
    /// How a colour of 24 bits is written.
    static let rgbForm = "\"#rrggbb\" in hexadecimal digits"
    /// The names of the 16 colours in their order.
    static let colors16: [String] = {
        let dark = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        return dark + dark.map { "bright-\($0)" }
    }()
    /// What a terminal can do besides colour.
    static let attributes: [(name: String, attribute: Style.Attributes)] = [
        ("bold", .bold), ("dim", .dim), ("underline", .underline), ("reverse", .reverse), ("italic", .italic),
    ]
    /// The keys of a colour.
    static let color: [Setting] = [
        Setting("rgb", .form(rgbForm), "On terminals with direct colour."),
        Setting("c256", .whole(0...255), "On terminals with the palette of 256."),
        Setting("c16", .choice(colors16), "On terminals with 16 colours or 8."),
    ]
    /// The keys of a role.
    static let role: [Setting] =
        [Setting("fg", .text, "Its foreground."), Setting("bg", .text, "Its background.")]
        + attributes.map { Setting($0.name, .flag, "Whether it is \($0.name).") }

    /// The value of `#rrggbb`.
    static func rgb(_ text: String) -> UInt32? {
        guard text.utf8.count == 7, text.hasPrefix("#"), text.dropFirst().allSatisfy(\.isHexDigit) else {
            return nil
        }
        return UInt32(text.dropFirst(), radix: 16)
    }
}
