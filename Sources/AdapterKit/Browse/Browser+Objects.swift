internal import Domain
internal import HTTP
internal import JSON

extension Browser {
    /// What stands in place of a secret.
    static let mask = "•••"
    /// Parts of a list that are given in words where it holds no objects.
    private static let mostWords = 12

    /// A value that leads nowhere, for a cell or a line.
    func plain(_ value: JSONValue, at entry: CatalogueEntry) -> Value {
        switch value.kind {
        case .null: return .none
        case .bool: return value.flag.map { .flag($0) } ?? .none
        case .number:
            if let whole = value.int64, !(value.text ?? "").contains(".") { return .integer(whole) }
            return value.double.map { .number($0) } ?? .text(value.text ?? "")
        case .string:
            let text = value.string ?? ""
            if (19...35).contains(text.utf8.count), let time = manners.time(text) { return .time(time) }
            return text.isEmpty ? .none : .text(Cleaning.clean(text))
        case .array:
            let parts: [JSONValue] = value.array.map { Array($0.prefix(Self.mostWords + 1)) } ?? []
            if parts.isEmpty { return .none }
            guard parts.allSatisfy({ $0.kind != .object && $0.kind != .array }) else {
                let count = value.array.map(\.count) ?? 0
                return .text(count == 1 ? "1 entry" : "\(Quantity.count(count)) entries")
            }
            let words = parts.prefix(Self.mostWords).map { Cleaning.clean($0.text ?? "null") }
            return .text(words.joined(separator: ", ") + (parts.count > Self.mostWords ? ", …" : ""))
        case .object:
            let name = ["name", "title", "key", "display_name", "id"].lazy
                .filter { !manners.isSecret($0, at: entry) }.compactMap { value[$0]?.text }.first
            if let name, !name.isEmpty { return .text(Cleaning.clean(name)) }
            let count = value.object?.reduce(0) { count, _ in count + 1 } ?? 0
            return count == 0 ? .none : .text(count == 1 ? "1 field" : "\(count) fields")
        }
    }

    /// The members of an object, or the parts of a list, a line each; what holds more is unfolded or opened.
    func lines(of value: JSONValue, at address: BrowseAddress, _ entry: CatalogueEntry) -> [Detail.Line] {
        if let array = value.array {
            return array.prefix(1_000).enumerated().map { number, part in
                line("\(number + 1)", part, address.stepping(String(number)), entry, key: "")
            }
        }
        guard let members = value.object else { return [line("value", value, address, entry, key: "")] }
        return members.map { key, member in
            line(Cleaning.clean(key), member, address.stepping(key), entry, key: key)
        }
    }

    private func line(
        _ name: String, _ value: JSONValue, _ address: BrowseAddress, _ entry: CatalogueEntry, key: String
    ) -> Detail.Line {
        if !value.isNull, manners.isSecret(key, at: entry) { return Detail.Line(name, .text(Self.mask)) }
        if let link = BrowseLinks(browser: self).link(key, value, at: entry) {
            if case .ref(let entity, _) = link { return Detail.Line(name, link, .ref(entity.kind)) }
        }
        let plain = plain(value, at: entry)
        guard holdsMore(value) else { return Detail.Line(name, plain, type(of: plain)) }
        let isTable = value.array?.first?.kind == .object
        let inner = entity(address, isTable ? .collection : .resource)
        var line = Detail.Line(name, .ref(inner, name: plain.words), .ref(inner.kind))
        line.isExpandable = true
        return line
    }

    private func holdsMore(_ value: JSONValue) -> Bool {
        switch value.kind {
        case .object: value.object?.isEmpty == false
        case .array: value.array?.contains { $0.kind == .object || $0.kind == .array } == true
        default: false
        }
    }

    private func type(of value: Value) -> FieldType {
        switch value {
        case .integer: .integer
        case .number: .number
        case .flag: .flag
        case .time: .time
        case .none, .text, .ref: .text
        }
    }

    /// All of an object: its fields, what lies below it, and what can be done to it.
    func detail(_ place: BrowsePlace, _ value: JSONValue, at address: BrowseAddress) -> Detail {
        let own = entity(address.steps.isEmpty ? place.address : place.address, .resource)
        let lines = lines(of: value, at: address, place.entry)
        var sections = [Detail.Section("Fields", lines)]
        if place.address.steps.isEmpty {
            let below = catalogue.below(place)
            let readable = below.filter { $0.entry.isReadable || $0.entry.isAskedByPost }
            if !readable.isEmpty {
                sections.append(
                    Detail.Section(
                        "Sub-resources",
                        readable.map { below in
                            let entity = entity(below)
                            return Detail.Line(
                                below.entry.title, .ref(entity, name: below.address.path), .ref(entity.kind))
                        }))
            }
            let acting = below.filter { !$0.entry.acting.isEmpty && !$0.entry.isReadable }
            if !acting.isEmpty {
                sections.append(
                    Detail.Section(
                        "Operations",
                        acting.map { below in
                            let entity = entity(below.address, .operation)
                            return Detail.Line(
                                below.entry.title, .ref(entity, name: below.address.path), .ref(.operation))
                        }))
            }
        }
        if !place.entry.note.isEmpty {
            sections.append(Detail.Section("Note", [Detail.Line("", .text(place.entry.note))]))
        }
        return Detail(own, title: name(of: value, place), sections: sections)
    }

    /// What an object is called: by its own word for it, else by its path.
    func name(of value: JSONValue, _ place: BrowsePlace) -> String {
        for key in ["name", "hostname", "title", "cpename", "display_name", "username", "key", "label"] {
            if let text = value[key]?.string, !text.allSatisfy(\.isWhitespace),
                !manners.isSecret(key, at: place.entry)
            {
                return Cleaning.clean(text)
            }
        }
        return Cleaning.clean(place.address.text)
    }
}
