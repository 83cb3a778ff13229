import Canvas
import Dashboard
import Presets

/// The shipped keys and the shipped theme, read just as far as the shipped files go: what reads them for the program
/// would take two minutes to build.
enum Shipped {
    static var keymap: Keymap {
        var context: KeyContext?
        var bindings: [Binding] = []
        for line in lines(of: Presets.keymaps.first { $0.name == "default" }?.bytes ?? []) {
            if line.hasPrefix("[") {
                context = KeyContext(rawValue: String(line.dropFirst().prefix { $0 != "]" }))
            } else if let context, let (name, value) = pair(line) {
                for spelling in words(value) {
                    let keys = spelling.split(separator: " ").compactMap { Key(String($0)) }
                    bindings.append(Binding(context, keys, Action(name: name)))
                }
            }
        }
        return Keymap(bindings)
    }

    static var theme: Theme {
        var colors: [String: Color] = [:]
        var roles: [Role: Style] = [:]
        for line in lines(of: Presets.themes.first { $0.name == "midnight" }?.bytes ?? []) {
            guard let (name, value) = pair(line) else { continue }
            let fields = Dictionary(
                value.drop { $0 != "{" }.dropFirst().prefix { $0 != "}" }.split(separator: ",")
                    .compactMap { pair(String($0)) }, uniquingKeysWith: { $1 })
            if let role = Role(rawValue: name) {
                var style = Style()
                style.foreground = fields["fg"].flatMap { colors[unquoted($0)] } ?? .terminal
                style.background = fields["bg"].flatMap { colors[unquoted($0)] } ?? .terminal
                if fields["bold"] == "true" { style.attributes.insert(.bold) }
                if fields["underline"] == "true" { style.attributes.insert(.underline) }
                roles[role] = style
            } else {
                colors[name] = Color(c256: fields["c256"].flatMap { UInt8($0) })
            }
        }
        return Theme(name: "midnight", roles: roles)
    }

    private static func lines(of bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
            .filter { !$0.hasPrefix("#") }
    }

    private static func pair(_ line: String) -> (String, String)? {
        guard let sign = line.firstIndex(of: "=") else { return nil }
        return (unquoted(String(line[..<sign])), trimmed(line[line.index(after: sign)...]))
    }

    /// The quoted words of a list.
    private static func words(_ list: String) -> [String] {
        list.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    private static func unquoted(_ text: String) -> String { trimmed(text.filter { $0 != "\"" }[...]) }

    private static func trimmed(_ text: Substring) -> String {
        let text = text.drop { $0 == " " }
        return String(text.prefix(text.count - text.reversed().prefix { $0 == " " }.count))
    }
}
