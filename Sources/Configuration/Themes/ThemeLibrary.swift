internal import Canvas
public import Dashboard
internal import Domain

/// Every theme there is: those that ship, overridden and joined by the operator's.
public struct ThemeLibrary: Sendable {
    /// The themes, those that ship first, in their order.
    public private(set) var themes: [Theme] = []
    /// What is wrong with the files.
    public private(set) var complaints: [Complaint] = []

    private let shipped: [String: ThemeFile]
    private let own: [String: ThemeFile]

    /// Reads all themes.
    ///
    /// - Parameters:
    ///   - shipped: the files inside the binary.
    ///   - directory: where the operator's files are; one of the same name as one that ships replaces it, and may
    ///     inherit from it.
    public init(shipped: [NamedFile], directory: String) {
        let found = NamedFile.all(in: directory, complaints: &complaints)
        self.shipped = Dictionary(shipped.map { ($0.name, ThemeFile($0)) }) { first, _ in first }
        own = Dictionary(found.map { ($0.name, ThemeFile($0)) }) { first, _ in first }
        complaints += shipped.flatMap { self.shipped[$0.name]?.complaints ?? [] }
        complaints += found.flatMap { own[$0.name]?.complaints ?? [] }
        for name in shipped.map(\.name) + found.map(\.name).filter({ self.shipped[$0] == nil }) {
            themes.append(Theme(name: name, roles: styles(merged(name))))
        }
    }

    /// The place of a theme among `themes`.
    public func index(of name: String) -> Int? { themes.firstIndex { $0.name == name } }

    /// Whether a theme is the operator's, or is changed by a file of the operator's.
    public func isOwn(_ name: String) -> Bool { own[name] != nil }

    /// Palette and looks of a theme with all that it inherits.
    private struct Merged {
        var palette: [String: Color] = [:]
        var roles: [Role: ThemeFile.Look] = [:]
    }

    /// Goes from a theme to its root; what is nearer to the theme counts.
    private mutating func merged(_ name: String) -> Merged {
        var merged = Merged()
        var seen: Set<String> = []
        var step: (name: String, isOwn: Bool)? = (name, own[name] != nil)
        while let current = step {
            step = nil
            guard let file = current.isOwn ? own[current.name] : shipped[current.name] else { break }
            seen.insert("\(current)")
            merged.palette.merge(file.palette) { nearer, _ in nearer }
            merged.roles.merge(file.roles) { nearer, _ in nearer }
            guard let parent = file.inherits else { break }
            // A file that inherits from its own name means the one that ships.
            let next = (name: parent.name, isOwn: own[parent.name] != nil && parent.name != current.name)
            if !next.isOwn, shipped[next.name] == nil {
                let hint = Nearest.hint(parent.name, among: Array(shipped.keys) + Array(own.keys))
                complain(parent, "there is no theme \"\(parent.name)\" to inherit from\(hint)")
            } else if seen.contains("\(next)") {
                complain(parent, "\"\(parent.name)\" inherits from this theme itself")
            } else {
                step = next
            }
        }
        return merged
    }

    private mutating func complain(_ place: ThemeFile.Reference, _ words: String) {
        let complaint = Complaint(.warning, place.file, place.position, words)
        // Several themes may inherit the same fault.
        if !complaints.contains(complaint) { complaints.append(complaint) }
    }

    /// The looks with their colours; one that gives no foreground has that of the role it falls back to.
    private mutating func styles(_ merged: Merged) -> [Role: Style] {
        var styles: [Role: Style] = [:]
        // In the order of the roles, so that complaints come in the same order each time.
        for role in Role.allCases {
            guard let look = merged.roles[role] else { continue }
            var style = Style(attributes: look.attributes)
            var foreground: ThemeFile.Reference?
            var background: ThemeFile.Reference?
            for ancestor in sequence(first: role, next: \.fallback) {
                foreground = foreground ?? merged.roles[ancestor]?.foreground
                // The screen's background is a ground, not a look: what stands on another takes that one's.
                guard ancestor != .text || role == .text else { continue }
                background = background ?? merged.roles[ancestor]?.background
            }
            if let foreground { style.foreground = color(foreground, merged.palette) }
            if let background { style.background = color(background, merged.palette) }
            styles[role] = style
        }
        return styles
    }

    private mutating func color(_ asked: ThemeFile.Reference, _ palette: [String: Color]) -> Color {
        if asked.name == "terminal" { return .terminal }
        if let color = palette[asked.name] { return color }
        let hint = Nearest.hint(asked.name, among: palette.keys.sorted() + ["terminal"])
        complain(asked, "the palette has no colour \"\(asked.name)\"\(hint)")
        return .terminal
    }
}
