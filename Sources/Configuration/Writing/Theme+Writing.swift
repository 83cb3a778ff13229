public import Canvas
public import Dashboard

extension Theme {
    /// What a role looks like on the screen's own ground.
    public func look(of role: Role) -> Style { sheet.styles[Int(Theme.style(role).index)] }

    /// The whole theme as a file: put into `themes/`, it looks the same.
    public var fileText: String {
        var names: [Color: String] = [.terminal: "terminal"]
        var palette: [String] = []
        func name(_ color: Color) -> String {
            if let known = names[color] { return known }
            let name = "color-\(palette.count + 1)"
            names[color] = name
            var parts: [String] = []
            if let rgb = color.rgb {
                let hex = String(rgb, radix: 16)
                parts.append("rgb = \"#\(String(repeating: "0", count: 6 - hex.count))\(hex)\"")
            }
            if let c256 = color.c256 { parts.append("c256 = \(c256)") }
            if let c16 = color.c16, ThemeWords.colors16.indices.contains(Int(c16)) {
                parts.append("c16 = \"\(ThemeWords.colors16[Int(c16)])\"")
            }
            palette.append("\(name) = { \(parts.joined(separator: ", ")) }")
            return name
        }
        let roles = Role.allCases.map { role -> String in
            let look = look(of: role)
            var parts = ["fg = \"\(name(look.foreground))\"", "bg = \"\(name(look.background))\""]
            for (word, attribute) in ThemeWords.attributes where look.attributes.contains(attribute) {
                parts.append("\(word) = true")
            }
            return "\"\(role.rawValue)\" = { \(parts.joined(separator: ", ")) }"
        }
        return "[palette]\n" + palette.joined(separator: "\n") + "\n\n[roles]\n"
            + roles.joined(separator: "\n") + "\n"
    }
}
