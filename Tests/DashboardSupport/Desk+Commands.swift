import Dashboard
import Domain
import Testing

extension World {
    static let first = alert(core, 11), second = alert(core, 12), old = alert(edge, 11)
}

extension Desk {
    /// A desk with the alerts in front and the cursor on an entity.
    static func onAlert(_ entity: EntityRef = World.first, modes: [BackendID: BackendMode] = [:]) -> Desk {
        var desk = Desk.ready(modes: modes)
        desk.press("3")
        desk.go(to: entity)
        return desk
    }

    /// A desk where a plan waits for an explicit yes.
    static func confirming() -> Desk {
        var desk = onAlert()
        desk.press("a", "Enter")
        desk.prepared([World.first], tier: .touchesService)
        #expect(desk.session?.stage == .confirming)
        return desk
    }

    static func preview(
        _ targets: [EntityRef], excluded: [EntityRef] = [], tier: Tier = .harmless
    ) -> PlanPreview {
        PlanPreview(
            summary: ["acknowledges"],
            targets: targets.map { .init($0, name: "alert \($0.id)", words: "open") },
            excluded: excluded.map { .init($0, name: "alert \($0.id)", words: "acknowledged already") },
            requests: targets.map {
                .init(entity: $0, method: "PUT", url: "https://nms.example.net/\($0.id)", body: nil)
            }, tier: tier)
    }

    /// A backend has read what must be known for the newest command.
    @discardableResult
    mutating func prepared(
        on id: BackendID = World.core, _ targets: [EntityRef], excluded: [EntityRef] = [],
        tier: Tier = .harmless
    ) -> [Effect] {
        let found = Prepared(preview: Self.preview(targets, excluded: excluded, tier: tier), lastDone: nil)
        return send(.prepared(session: session?.id ?? 0, id, .success(found)))
    }

    /// Marks exactly these.
    mutating func mark(_ entities: [EntityRef]) {
        for entity in entities {
            go(to: entity)
            press("Space")
        }
        #expect(pane.marks == Set(entities))
    }
}
