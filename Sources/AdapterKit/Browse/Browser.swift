public import Domain
package import HTTP
internal import JSON

/// Looks around in all of an API, by its catalogue: one for every adapter.
///
/// It reads with the adapter's own credentials, and only what the catalogue declares as reading. Safe to use from
/// several tasks.
public struct Browser: Sendable {
    /// The paths.
    package let catalogue: Catalogue
    /// How the API answers.
    package let manners: BrowseManners
    let settings: BackendSettings
    let read: @Sendable (ReadRequest) async throws(BackendError) -> Response
    let kept = KeptAnswers()

    /// Makes one.
    ///
    /// - Parameter read: sends a read with credentials; any status is an answer.
    package init(
        _ entries: [CatalogueEntry], _ manners: BrowseManners, _ settings: BackendSettings,
        read: @escaping @Sendable (ReadRequest) async throws(BackendError) -> Response
    ) {
        catalogue = Catalogue(entries)
        self.manners = manners
        self.settings = settings
        self.read = read
    }

    // MARK: Places

    /// The place that a path leads to.
    ///
    /// - Throws: for a path that the catalogue does not have, with the nearest words.
    package func place(_ address: BrowseAddress) throws(BackendError) -> BrowsePlace {
        if let place = catalogue.place(at: address) { return place }
        throw BackendError(
            .unsupported, "\(Cleaning.clean(address.path)) is no path of this API that nocturne knows")
    }

    func place(of entity: EntityRef) throws(BackendError) -> BrowsePlace {
        try place(BrowseAddress(entity.id))
    }

    /// The place that a command works on: of paths of one shape, the one that takes it.
    func place(of entity: EntityRef, for kind: CommandKind) throws(BackendError) -> BrowsePlace {
        let address = BrowseAddress(entity.id)
        if let place = catalogue.place(at: address, preferring: { method(of: kind, at: $0) != nil }) {
            return place
        }
        return try place(address)
    }

    /// What stands for a place on the screen.
    func entity(_ place: BrowsePlace) -> EntityRef {
        let isList = place.address.steps.isEmpty && catalogue.isCollection(place.entry)
        return entity(place.address, isList ? .collection : .resource)
    }

    func entity(_ address: BrowseAddress, _ kind: ResourceKind) -> EntityRef {
        EntityRef(settings.id, kind, id: address.text)
    }

    /// Where entities of panes are in the API: a path with one `{}` for their number.
    public var places: [ResourceKind: String] {
        manners.entities.compactMapValues { template in
            guard let hole = template.holes.first, template.holes.count == 1 else { return nil }
            return template.description.replacing("{\(hole)}", with: "{}")
        }
    }

    /// The place of an entity that a pane shows; nil where it has none that can be derived from its number alone.
    public func entity(of shown: EntityRef) -> EntityRef? {
        guard let template = manners.entities[shown.kind], let hole = template.holes.first,
            template.holes.count == 1, let path = template.path([hole: shown.id])
        else { return nil }
        return entity(at: path)
    }

    /// The entity of a pane that a place stands for; nil where it stands for none.
    public func shown(at place: EntityRef) -> EntityRef? {
        guard let found = try? self.place(of: place), found.address.steps.isEmpty else { return nil }
        for (kind, template) in manners.entities where template == found.entry.template {
            guard let hole = template.holes.first, let id = found.parameters[hole] else { continue }
            return EntityRef(settings.id, kind, id: id)
        }
        return nil
    }

    // MARK: Reading

    /// Reads a place once.
    func answer(at place: BrowsePlace, priority: Int = 0) async throws(BackendError) -> Response {
        let entry = place.entry
        guard entry.isReadable || entry.isAskedByPost else { throw Self.neverRead(entry) }
        try refuseUnfilled(place)
        var request = ReadRequest(
            entry.template, place.parameters, query: place.address.pairs, priority: priority)
        if !entry.isReadable {
            // What is asked by POST gets its question as members of a body.
            request.method = .post
            request.query = []
            request.body = JSONTree.object(place.address.pairs.map { .init($0.0, Self.member($0.1)) }).bytes
        }
        return try await read(request)
    }

    /// What stands in a question: a list or an object where one is written, else the text.
    private static func member(_ text: String) -> JSONTree {
        guard text.hasPrefix("[") || text.hasPrefix("{"), let document = try? JSONDocument(text) else {
            return .string(text)
        }
        return JSONTree(document.root)
    }

    /// Why a place is not read.
    static func neverRead(_ entry: CatalogueEntry) -> BackendError {
        let why = entry.actsByGet ? "a look would act" : "it runs an operation and has nothing to read"
        return BackendError(.unsupported, "\(entry.title): \(why)")
    }

    /// A path of the catalogue's own list stands there with its holes: it is opened from what fills them.
    func refuseUnfilled(_ place: BrowsePlace) throws(BackendError) {
        let hole = place.entry.template.holes.first {
            place.parameters[$0] == nil || place.parameters[$0] == "{\($0)}"
        }
        guard let hole else { return }
        let above = place.address.path.prefix { $0 != "{" }
        throw BackendError(.invalid, "\(place.entry.title): choose the \(hole) first, in \(above)")
    }

    /// Reads a place and remembers the answer, so that what lies in it can be looked at without asking again.
    func body(at place: BrowsePlace) async throws(BackendError) -> Response {
        let response = try await answer(at: place)
        if let problem = manners.problem(response) { throw problem }
        kept.keep(response, at: place.address.whole.text)
        return response
    }

    /// The answer that a way into it starts from: the remembered one, else a new one.
    func remembered(_ place: BrowsePlace) async throws(BackendError) -> Response {
        if let response = kept[place.address.whole.text] { return response }
        return try await body(at: try self.place(place.address.whole))
    }

    /// The value at the end of a way into an answer.
    func value(_ root: JSONValue, _ steps: [String]) throws(BackendError) -> JSONValue {
        var value = root
        for step in steps {
            let next: JSONValue? =
                if let array = value.array {
                    Int(step).flatMap { place in
                        place < 0 ? nil : array.dropFirst(place).first(where: { _ in true })
                    }
                } else {
                    value[step]
                }
            guard let next else {
                throw BackendError(
                    .missing, "the server's answer no longer has \(Cleaning.clean(step)) there")
            }
            value = next
        }
        return value
    }
}

extension PathTemplate {
    /// The names of its parameters in order.
    package var holes: [String] {
        description.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
            .map { String($0.dropFirst().dropLast()) }
    }
}
