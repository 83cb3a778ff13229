import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain

extension Offer {
    /// The paths of an API, as an adapter lists them.
    static let paths = ResourceDescriptor(
        .collection, plural: "paths", pane: .browse,
        fields: [
            Field(.name, "Name", .text, width: 20...40, priority: 1),
            Field("section", "Section", .word, width: 8...18, priority: 3),
            Field("path", "Path", .text, width: 24...60, priority: 2),
            Field("methods", "Methods", .word, width: 4...22, priority: 4),
            Field("rank", "Rank", .integer, width: 5...6, priority: nil),
        ], interval: 3_600, order: [SortKey("rank")], isOnDemand: true)

    static let ofAPI: [CommandDescriptor] = [
        CommandDescriptor(
            .createResource, title: "Create here", targets: [.collection], tier: .touchesService,
            effect: "Makes something new in this collection, by POST.", bulk: false, opensFilled: true),
        CommandDescriptor(
            .changeResource, title: "Change the object", targets: [.resource], tier: .touchesService,
            effect: "Sends the fields that you changed.", bulk: false, opensFilled: true),
        CommandDescriptor(
            .deleteResource, title: "Delete the object", targets: [.resource], tier: .hurts,
            effect: "Deletes the object permanently, by DELETE."),
        CommandDescriptor(
            .callOperation, title: "Run the operation", targets: [.operation], tier: .touchesService,
            effect: "Has the server do what the path stands for.", bulk: false, opensFilled: true),
    ]
}

extension World {
    /// Title, section, path, methods.
    private static let paths: [(ResourceKind, String, String, String, String)] = [
        (.collection, "Bonds", "Bonds", "/v3/bonds/", "GET POST"),
        (.collection, "Spaces", "Spaces", "/v3/spaces/", "GET POST"),
        (.collection, "Core resources", "API", "/v3/", "GET"),
        (.collection, "Versions", "System", "/v3/versions/", "GET"),
        (.resource, "Bond", "Bonds", "/v3/bonds/{bond}/", "GET PUT PATCH DELETE"),
        (.collection, "Legs of a bond", "Bonds", "/v3/bonds/{bond}/legs/", "GET"),
        (.resource, "Space", "Spaces", "/v3/spaces/{id}/", "GET"),
        (.collection, "Orphans", "Spaces", "/v3/nothing/{id}/orphans/", "GET"),
        (.operation, "Restart a bond", "Bonds", "/v3/bonds/{bond}/restart/", "POST"),
    ]

    static func pathTable() -> Table {
        var builder = TableBuilder(Offer.paths, bonds)
        for (number, row) in paths.enumerated() {
            builder.begin(EntityRef(bonds, row.0, id: row.3))
            builder.set(0, text: row.1)
            builder.set(1, text: row.2)
            builder.set(2, text: row.3)
            builder.set(3, text: row.4)
            builder.set(4, integer: Int64(number))
        }
        return builder.finish()
    }

    static func path(_ text: String) -> EntityRef { EntityRef(bonds, .collection, id: text) }
    static func object(_ text: String) -> EntityRef { EntityRef(bonds, .resource, id: text) }

    static let bondPath = path("/v3/bonds/"), firstBond = object("/v3/bonds/21/")

    /// So many rows of a collection.
    static func rows(_ count: Int, of collection: EntityRef = bondPath) -> Table {
        let resource = ResourceDescriptor(
            .collection, plural: "rows", pane: .browse,
            fields: [
                Field("id", "id", .integer, width: 2...6, priority: 0),
                Field(.name, "name", .text, width: 8...30, priority: 1),
                Field("qos_profile", "qos_profile", .ref(.resource), width: 8...20, priority: 2),
                Field("password", "password", .text, width: 3...12, priority: 3),
            ], interval: 0, order: [])
        var builder = TableBuilder(resource, bonds)
        for number in 0..<count {
            builder.begin(object("\(collection.id)\(21 + number)/"))
            builder.set(0, integer: Int64(21 + number))
            builder.set(1, text: number == 1 ? "globex-north\u{1B}[31m" : "customer-\(number)")
            builder.set(2, ref: object("/v3/qos/\(number % 3 + 1)/"), name: "/v3/qos/\(number % 3 + 1)/")
            builder.set(3, text: "•••")
        }
        return builder.finish()
    }

    static func browsed(
        _ count: Int, of collection: EntityRef = bondPath, title: String = "Bonds",
        _ completeness: Completeness = .complete, refusals: [CommandKind: String] = [:]
    ) -> Browsed {
        Browsed(
            collection, title: title, content: .rows(rows(count, of: collection)), completeness: completeness,
            refusals: refusals)
    }

    /// A bond as the API has it.
    static let bondDetail: Detail = {
        var legs = Detail.Line(
            "leg_list", .ref(path("/v3/bonds/21/#/leg_list"), name: "2 entries"), .ref(.collection))
        legs.isExpandable = true
        return Detail(
            firstBond, title: "acme-hq",
            sections: [
                Detail.Section(
                    "Fields",
                    [
                        Detail.Line("id", .integer(21), .integer),
                        Detail.Line("name", .text("acme-hq")),
                        Detail.Line("password", .text("•••")),
                        Detail.Line(
                            "space", .ref(object("/v3/spaces/4/"), name: "ACME"), .ref(.resource)),
                        legs,
                    ]),
                Detail.Section(
                    "Sub-resources",
                    [
                        Detail.Line(
                            "Legs of a bond",
                            .ref(path("/v3/bonds/21/legs/"), name: "/v3/bonds/21/legs/"), .ref(.collection))
                    ]),
                Detail.Section(
                    "Operations",
                    [
                        Detail.Line(
                            "Restart a bond",
                            .ref(
                                EntityRef(bonds, .operation, id: "/v3/bonds/21/restart/"),
                                name: "/v3/bonds/21/restart/"), .ref(.operation))
                    ]),
            ])
    }()
}

extension Desk {
    /// A desk with the APIs in front, where one server lists its paths.
    static func browsing(size: Size = Size(120, 30), isReadOnly: Bool = false) -> Desk {
        var desk = Desk.ready(size: size, isReadOnly: isReadOnly, keymap: DefaultKeys.browsing)
        let bonds = desk.state.backends[3]
        let probe = Probe(
            info: bonds.info ?? ServerInfo(product: "", clock: ServerClock(offset: 0, isCertain: true)),
            resources: bonds.resources + [Offer.paths], commands: bonds.commands + Offer.ofAPI,
            places: ["bond": "/v3/bonds/{}/"])
        desk.send(.probed(World.bonds, .success(probe)))
        desk.press("8")
        desk.refreshed(World.bonds, .collection, World.pathTable())
        return desk
    }

    /// A desk with the rows of a collection in front.
    static func onRows(_ count: Int = 30, size: Size = Size(120, 30)) -> Desk {
        var desk = browsing(size: size)
        desk.walk(to: World.bondPath)
        desk.browsed(World.browsed(count))
        return desk
    }

    /// A desk with an object in front, opened from its collection.
    static func onObject(size: Size = Size(120, 30), isReadOnly: Bool = false) -> Desk {
        var desk = browsing(size: size, isReadOnly: isReadOnly)
        desk.walk(to: World.bondPath)
        desk.browsed(World.browsed(30))
        desk.walk(to: World.firstBond)
        desk.send(.detailed(World.firstBond, .success(World.bondDetail)))
        return desk
    }

    /// Puts the cursor on a row and opens it.
    @discardableResult
    mutating func walk(to entity: EntityRef) -> [Effect] {
        go(to: entity)
        return press("Enter")
    }

    /// Puts the cursor of the opened entity on a line.
    mutating func go(toLine name: String) {
        press("g")
        for _ in 0..<40 where !lineUnderCursor.hasPrefix("▌  \(name)") { press("j") }
    }

    var lineUnderCursor: String { lines.first { $0.hasPrefix("▌") } ?? "" }

    /// The collection in front answers the question that it was asked last.
    @discardableResult
    mutating func browsed(_ browsed: Browsed, question: Int? = nil, isLast: Bool = true) -> [Effect] {
        let asked = question ?? lastQuestion(browsed.place)
        return send(.browsed(browsed.place, question: asked, .success(browsed), isLast: isLast))
    }

    /// The number of the question that a collection waits for; 0 where it waits for none.
    func lastQuestion(_ collection: EntityRef) -> Int {
        (1...200).first { state.browse.waits(for: $0, of: collection) } ?? 0
    }

    var count: String { lines[2] }
    var footer: String { lines.last ?? "" }
}

extension [Effect] {
    /// The collections that are asked for, in order.
    var collections: [EntityRef] {
        compactMap { if case .readCollection(let collection, _) = $0 { collection } else { nil } }
    }
}
