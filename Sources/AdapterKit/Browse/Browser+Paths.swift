public import Domain
internal import HTTP

/// What people type for a path.
extension Browser {
    /// The place of a path as typed: below the base path or with it, with or without the slashes around it, or a full
    /// address of this server; nil for a path that the catalogue does not have.
    public func entity(at typed: String) -> EntityRef? {
        address(of: typed).flatMap { catalogue.place(at: $0) }.map { entity($0) }
    }

    /// What the catalogue says of a place; nil for one that it does not have.
    package func entry(at place: EntityRef) -> CatalogueEntry? {
        catalogue.place(at: BrowseAddress(place.id))?.entry
    }

    /// What the catalogue says of a place for a command; nil for one that it does not have.
    package func entry(at place: EntityRef, for kind: CommandKind) -> CatalogueEntry? {
        (try? self.place(of: place, for: kind))?.entry
    }

    /// The address of a path as typed, with slashes as the catalogue has them; nil for one of another server.
    private func address(of typed: String) -> BrowseAddress? {
        var text = typed
        if typed.hasPrefix("http://") || typed.hasPrefix("https://"), let mark = typed.firstRange(of: "://") {
            let end = typed[mark.upperBound...].firstIndex(of: "/") ?? typed.endIndex
            guard let (origin, _) = Origin.parse(String(typed[..<end])), origin == settings.endpoint.origin
            else { return nil }
            text = String(typed[end...])
        }
        if !text.hasPrefix("/") { text = "/" + text }
        let base = settings.endpoint.basePath
        if !base.isEmpty, text.hasPrefix(base + "/") { text.removeFirst(base.count) }
        var address = BrowseAddress(text)
        // One place has one name, which the audit log and links know it by.
        if let place = catalogue.place(at: address) {
            let isSlashed = place.entry.template.description.hasSuffix("/")
            let steps = address.path.split(separator: "/").joined(separator: "/")
            address.path = steps.isEmpty ? "/" : "/" + steps + (isSlashed ? "/" : "")
        }
        return address
    }

    /// The path that was probably meant by one that the catalogue does not have, else what there is from where it is
    /// right as far as it goes; what has to be filled in is filled in as it was typed.
    package func nearest(to typed: String) -> [String] {
        let given = (address(of: typed)?.path ?? typed).split(separator: "/").map(String.init)
        let known = catalogue.entries.map { Self.filled($0.template, with: given) }
        for ending in ["/", ""] {
            let path = "/" + given.joined(separator: "/") + ending
            if let match = Nearest.match(path, among: known) { return [match] }
        }
        // What is typed right as far as it goes shows what there is from there on.
        for length in stride(from: given.count - 1, through: 1, by: -1) {
            let head = "/" + given.prefix(length).joined(separator: "/") + "/"
            let below = known.filter {
                $0.hasPrefix(head) && $0.split(separator: "/").count == length + 1
            }
            if !below.isEmpty { return below }
        }
        return []
    }

    /// The paths that what was typed may become, each as far as it can be known without asking: up to the next part
    /// that has to be filled in.
    package func completions(of typed: String) -> [String] {
        let given = typed.split(separator: "/").map(String.init)
        let whole = typed.hasSuffix("/") || given.isEmpty ? given.count : given.count - 1
        var found: [String] = []
        for entry in catalogue.entries {
            let filled = Self.filled(entry.template, with: Array(given.prefix(whole)))
            let path = filled.firstIndex(of: "{").map { String(filled[..<$0]) } ?? filled
            let shown = typed.isEmpty || typed.hasPrefix("/") ? path : String(path.dropFirst())
            if shown.hasPrefix(typed), shown != typed, !found.contains(shown) { found.append(shown) }
        }
        return found
    }

    /// A template with its parts filled in by what was typed in their places.
    private static func filled(_ template: PathTemplate, with given: [String]) -> String {
        let text = template.description
        let steps = text.split(separator: "/").enumerated().map { place, step in
            step.hasPrefix("{") && place < given.count ? given[place] : String(step)
        }
        return "/" + steps.joined(separator: "/") + (text.hasSuffix("/") && !steps.isEmpty ? "/" : "")
    }
}
