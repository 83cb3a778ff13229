extension BondingResource {
    /// A part of the world with its own people: the root, or a customer below it.
    static let space = BondingResource(
        .space, "Space",
        [
            .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
            .required("name", .text(longest: 64)),
            .required("key", .text(longest: 64), unique: "Key must be unique."),
            .optional("parent", .link(.space), .null),
            .computed("level") { .computed($0.view.book.level(ofSpace: $0.record.id)) },
            .text("crm_id"),
            .computed("related_object_counts") { row in
                let spaces = row.view.book.spaces(below: row.record.id)
                return [
                    "bonds": .computed(row.view.book.count(.bond, in: spaces)),
                    "users": .computed(row.view.book.count(.user, in: spaces)),
                ]
            },
        ]
    ) { draft in
        guard let parent = draft.fields["parent"]?.integer else {
            return draft.old?.id == BondPlan.rootSpace ? [] : [("parent", "This field is required.")]
        }
        guard let old = draft.old, draft.view.book.spaces(below: old.id).contains(parent) else { return [] }
        return [("parent", "A space can't be inside itself.")]
    }
}

extension BondBook {
    /// A space and all that are below it.
    func spaces(below root: Int) -> Set<Int> {
        var found: Set<Int> = [root]
        var open = [root]
        var children: [Int: [Int]] = [:]
        for space in self[.space].all { children[space.number("parent") ?? 0, default: []].append(space.id) }
        while let next = open.popLast() {
            for child in children[next] ?? [] where found.insert(child).inserted { open.append(child) }
        }
        return found
    }

    /// How many spaces are above one.
    func level(ofSpace id: Int) -> Int {
        var level = 0
        var space = self[.space][id]
        while let parent = space?.number("parent"), level < 64 {
            level += 1
            space = self[.space][parent]
        }
        return level
    }

    /// The space in which an object is; nil for one that is everybody's.
    func space(of record: Record, _ kind: Kind) -> Int? {
        switch kind {
        case .space: record.id
        case .leg, .connectedIP, .natIP, .route, .speedTest, .tuner, .bonder:
            self[.bond][record.owner]?.number("space")
        case .assignment: self[.allocation][record.owner]?.number("space")
        case .mobileProfile, .group: nil
        case .aggregator, .bond, .qos, .allocation, .user: record.number("space")
        }
    }

    func count(_ kind: Kind, in spaces: Set<Int>) -> Int {
        self[kind].all.count { record in space(of: record, kind).map(spaces.contains) ?? false }
    }
}
