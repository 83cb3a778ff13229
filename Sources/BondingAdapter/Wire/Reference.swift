internal import Domain
internal import JSON

/// Another object as this API names it: an address, a number, or an object that holds one of them.
///
/// Of an address only the last part of its path is ever used, so that nothing is asked of another host.
struct Reference: Sendable, Equatable {
    /// The server's own number of it.
    var id: String
    /// What it is called where the server says so beside it.
    var name: String?

    init(id: String, name: String? = nil) {
        self.id = id
        self.name = name
    }

    /// Reads a reference; nil for null, for nothing, and for what leads nowhere.
    init?(_ value: JSONValue?) {
        guard let value else { return nil }
        switch value.kind {
        case .number:
            guard let id = value.text else { return nil }
            self.init(id: id)
        case .string:
            guard let id = Self.id(in: value.string ?? "") else { return nil }
            self.init(id: id)
        case .object:
            let own = value["id"]?.text.flatMap { $0.isEmpty ? nil : $0 }
            let placed = value["url"]?.string.flatMap { Self.id(in: $0) }
            // Where the two differ, the number is it: an id that is a mere word says something else.
            let isWord = own.map { !$0.allSatisfy(\.isWholeNumber) } ?? true
            guard let id = isWord ? placed ?? own : own else { return nil }
            let name = ["name", "display_name", "key"].lazy.compactMap { value[$0]?.text }.first {
                !$0.isEmpty
            }
            self.init(id: id, name: name.map { Cleaning.clean($0) })
        case .null, .bool, .array: return nil
        }
    }

    /// The last part of an address' path, or a bare number or key.
    static func id(in address: String) -> String? {
        let path = address.prefix { $0 != "?" && $0 != "#" }
        guard let last = path.split(separator: "/").last, last.utf8.count <= 64,
            last.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
        else { return nil }
        // The host of an address without a path names nothing.
        if address.contains("://"), path.split(separator: "/").count < 3 { return nil }
        return String(last)
    }
}

extension JSONValue {
    /// The first of several keys that has a value; servers of different ages call the same by different names.
    func first(of keys: [String]) -> JSONValue? {
        for key in keys {
            if let value = self[key], !value.isNull { return value }
        }
        return nil
    }

    /// The same as text without anything hostile; nil where it is empty.
    func words(_ keys: String...) -> String? {
        guard let text = first(of: keys)?.text else { return nil }
        let clean = Cleaning.clean(text)
        return clean.allSatisfy(\.isWhitespace) ? nil : clean
    }

    /// Whether the object has a key at all, null or not.
    func has(_ keys: [String]) -> Bool { keys.contains { self[$0] != nil } }
}
