package import Domain
package import JSON

/// Turns what a server gave of one entity into lines, every field of it but secrets.
package struct Fields {
    /// How the API writes them.
    private let manners: FieldManners
    /// The present, where moments that are still to come are told as dates; nil tells all by their age.
    private let now: Timestamp?
    private let time: (_ text: String) -> Timestamp?
    private let link: (_ key: String, _ value: JSONValue) -> Value?

    /// Parts of a list that get a line each.
    private static let mostParts = 50

    /// Makes what reads the fields of an API.
    ///
    /// - Parameters:
    ///   - now: the present, where moments that are still to come are told as dates.
    ///   - time: reads a moment; nil for a text that is none.
    ///   - link: the entity that a value under a key stands for; nil for one that stands for none.
    package init(
        _ manners: FieldManners, now: Timestamp? = nil, time: @escaping (_ text: String) -> Timestamp?,
        link: @escaping (_ key: String, _ value: JSONValue) -> Value?
    ) {
        self.manners = manners
        self.now = now
        self.time = time
        self.link = link
    }

    /// Sections in order: each takes the keys it asks for, the last what nobody took.
    package func sections(_ row: JSONValue, _ groups: [FieldGroup]) -> [Detail.Section] {
        var lines: [[Detail.Line]] = Array(repeating: [], count: groups.count + 1)
        for (key, value) in manners.shown(row) {
            let group = groups.firstIndex { $0.takes(key) } ?? groups.count
            lines[group] += self.lines(Cleaning.clean(key), key, value, depth: 0)
        }
        let titles = groups.map(\.title) + ["Other"]
        return zip(titles, lines).filter { !$1.isEmpty }.map { Detail.Section($0, $1) }
    }

    /// All fields in the server's order; those in `leaving` stand elsewhere already.
    package func lines(_ row: JSONValue, leaving: Set<String> = []) -> [Detail.Line] {
        manners.shown(row).filter { !leaving.contains($0.key) }.flatMap { key, value in
            lines(Cleaning.clean(key), key, value, depth: 0)
        }
    }

    /// One field as lines: what lies in it stands in words.
    private func lines(_ name: String, _ key: String, _ value: JSONValue, depth: Int) -> [Detail.Line] {
        if let link = link(key, value) {
            if case .ref(let entity, _) = link { return [Detail.Line(name, link, .ref(entity.kind))] }
            return [Detail.Line(name, link)]
        }
        if let parts = value.array, parts.contains(where: { $0.kind == .object || $0.kind == .array }) {
            let shown = parts.prefix(Self.mostParts).enumerated().map { number, part -> Detail.Line in
                let words = manners.words(part, isTitled: true)
                guard let title = manners.name(of: part) else {
                    return Detail.Line("\(name) \(number + 1)", .text(words))
                }
                // What has a name and nothing else is what the list says.
                return words.isEmpty ? Detail.Line(name, .text(title)) : Detail.Line(title, .text(words))
            }
            let more = parts.count - shown.count
            return shown + (more > 0 ? [Detail.Line(name, .text("and \(Quantity.count(more)) more"))] : [])
        }
        guard value.kind == .object, depth < manners.deepest else { return [line(name, key, value)] }
        return manners.shown(value).flatMap { inner, member in
            lines(manners.name(of: inner, in: name, depth: depth), inner, member, depth: depth + 1)
        }
    }

    /// One field that gets one line.
    private func line(_ name: String, _ key: String, _ value: JSONValue) -> Detail.Line {
        if let (typed, type) = manners.typed(key, value) { return Detail.Line(name, typed, type) }
        guard let text = value.string, (19...35).contains(text.utf8.count), let time = time(text) else {
            return Detail.Line(name, manners.plain(value))
        }
        if let now, time.seconds > now.seconds + 60 {
            let wait = Quantity.duration(time.seconds - now.seconds)
            return Detail.Line(name, .text("\(CivilTime.fields(time, offset: 0).text) UTC, in \(wait)"))
        }
        return Detail.Line(name, .time(time), .time)
    }
}

/// Fields that are shown under one heading.
package struct FieldGroup: Sendable {
    /// The heading.
    let title: String
    private let keys: Set<String>
    private let parts: [String]
    private let prefixes: [String]
    private let takesAll: Bool

    /// Makes a group.
    ///
    /// - Parameters:
    ///   - keys: it takes these keys.
    ///   - parts: it takes keys that hold one of these.
    ///   - prefixes: it takes keys that begin with one of these.
    ///   - takesAll: it takes every key.
    package init(
        title: String, keys: Set<String> = [], parts: [String] = [], prefixes: [String] = [],
        takesAll: Bool = false
    ) {
        self.title = title
        self.keys = keys
        self.parts = parts
        self.prefixes = prefixes
        self.takesAll = takesAll
    }

    func takes(_ key: String) -> Bool {
        takesAll || keys.contains(key) || parts.contains { key.contains($0) }
            || prefixes.contains { key.hasPrefix($0) }
    }
}
