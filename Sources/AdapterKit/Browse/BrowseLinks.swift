internal import Domain
internal import HTTP
internal import JSON

/// Finds what a value leads to: an address of this server, or the number of something that the catalogue knows.
struct BrowseLinks {
    let browser: Browser

    /// The place that a value under a key stands for, with the words to show; nil for one that stands for none.
    func link(_ key: String, _ value: JSONValue, at entry: CatalogueEntry) -> Value? {
        if let text = value.string {
            // The path says all that the address does.
            if let place = place(ofAddress: text) { return .ref(place, name: Cleaning.clean(place.id)) }
            return numbered(key, text)
        }
        if value.kind == .number, let text = value.text { return numbered(key, text) }
        if value.kind == .object, let address = value["url"]?.string, let place = place(ofAddress: address) {
            let name = ["name", "title", "key", "id"].lazy
                .filter { !browser.manners.isSecret($0, at: entry) }.compactMap { value[$0]?.text }.first
            return .ref(place, name: Cleaning.clean(name ?? address))
        }
        return nil
    }

    /// The place of an address: below this server's own base path, and in the catalogue.
    ///
    /// A server behind another name writes its own into addresses: then the base path says that they are its own. Another
    /// host is never asked, whatever an answer says: a place is always one of this server.
    func place(ofAddress text: String) -> EntityRef? {
        guard text.utf8.count < 2_000, text.contains("/") else { return nil }
        let endpoint = browser.settings.endpoint
        let base = endpoint.basePath
        var rest = text[...]
        if text.hasPrefix("http://") || text.hasPrefix("https://"), let mark = text.firstRange(of: "://") {
            let end = text[mark.upperBound...].firstIndex(of: "/") ?? text.endIndex
            rest = text[end...]
            guard let (origin, _) = Origin.parse(String(text[..<end])),
                origin == endpoint.origin || !base.isEmpty && rest.hasPrefix(base + "/")
            else { return nil }
        }
        guard rest.hasPrefix("/") else { return nil }
        if !base.isEmpty, rest.hasPrefix(base + "/") { rest = rest.dropFirst(base.count) }
        let mark = rest.firstIndex { $0 == "?" || $0 == "#" } ?? rest.endIndex
        let query = rest[mark...].prefix { $0 != "#" }.dropFirst()
        let path = String(rest[..<mark])
        for path in [path, path + "/"] {
            let address = BrowseAddress(path: path, query: String(query))
            // What acts by GET is no link: it is among what can be done.
            if let place = browser.catalogue.place(at: address), place.entry.isReadable,
                place.entry.template.description.hasSuffix("/") == path.hasSuffix("/")
            {
                return browser.entity(place)
            }
        }
        return nil
    }

    /// What a number under a name such as `bond_id` or `bond` stands for.
    private func numbered(_ key: String, _ text: String) -> Value? {
        guard !text.isEmpty, text.utf8.count <= 12, text != "0",
            text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        var word = key.lowercased()
        if word.hasSuffix("_id") { word.removeLast(3) }
        guard word != "id", !word.isEmpty else { return nil }
        for plural in Self.plurals(of: word) {
            guard let (_, item, parameter) = browser.catalogue.collection(named: plural),
                let path = item.template.path([parameter: text]),
                let place = browser.catalogue.place(at: BrowseAddress(path: path))
            else { continue }
            return .ref(browser.entity(place), name: text)
        }
        return nil
    }

    static func plurals(of word: String) -> [String] {
        var words = [word + "s", word + "es"]
        if word.hasSuffix("y") { words.append(word.dropLast() + "ies") }
        return words
    }
}
