import Domain

/// What a place of an API takes, by the list of its server's paths: nothing is asked for it.
extension State {
    /// Why a command is not possible at a place of an API; nil when it is, or when that is not known.
    func refusal(of kind: CommandKind, at place: EntityRef) -> String? {
        guard place.isBrowsed else { return nil }
        if let words = browse[place]?.refusals[kind] { return words }
        guard let wanted = Self.methods[kind] else { return nil }
        if place.id.contains("#") { return "this is a part of an object: go back and change the object" }
        if place.id.contains("{") { return "the path has to be filled in first: open it" }
        guard let methods = methods(at: place), methods.isDisjoint(with: wanted.methods) else { return nil }
        return
            "the API has nothing to \(wanted.word) here: no \(wanted.methods.joined(separator: " and no "))"
    }

    private static let methods: [CommandKind: (methods: [String], word: String)] = [
        .createResource: (["POST"], "create"), .changeResource: (["PATCH", "PUT"], "change"),
        .replaceResource: (["PUT"], "replace"), .deleteResource: (["DELETE"], "delete"),
    ]

    /// The methods of the path that a place is of; nil where no path or none alone fits.
    private func methods(at place: EntityRef) -> Set<String>? {
        guard let table = backend(place.backend)?.tables[.collection] else { return nil }
        let steps = place.id.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        var best: (methods: Set<String>, holes: Int)?
        for row in table.refs.indices {
            guard let holes = Self.holes(in: table.refs[row].id, for: steps), holes <= best?.holes ?? .max
            else {
                continue
            }
            let methods = Set(table.text(row, "methods").split(separator: " ").map(String.init))
            // Two paths of one shape have the methods of both.
            best = (methods.union(holes == best?.holes ? best?.methods ?? [] : []), holes)
        }
        return best?.methods
    }

    /// How many steps of a path a template leaves open; nil where it is of another path.
    private static func holes(in template: String, for steps: [Substring]) -> Int? {
        let own = template.split(separator: "/")
        guard own.count == steps.count else { return nil }
        var holes = 0
        for (step, wanted) in zip(own, steps) where step != wanted {
            guard step.first == "{" else { return nil }
            holes += 1
        }
        return holes
    }
}
