internal import Domain
internal import HTTP

/// All paths of an API, to find what a path is and what lies around it.
package struct Catalogue: Sendable {
    /// The paths in the document's order.
    package let entries: [CatalogueEntry]
    /// The steps of each entry's template, by its place in `entries`.
    private let steps: [[Step]]

    /// One step of a template.
    fileprivate enum Step: Hashable {
        case word(String)
        case hole(String)
    }

    /// Takes the entries of an API; of one path that stands there more than once the methods belong together.
    package init(_ entries: [CatalogueEntry]) {
        self.entries = entries
        steps = entries.map { Self.steps(of: $0.template) }
    }

    private static func steps(of template: PathTemplate) -> [Step] {
        template.description.split(separator: "/").map { step in
            step.hasPrefix("{") && step.hasSuffix("}")
                ? .hole(String(step.dropFirst().dropLast())) : .word(String(step))
        }
    }

    /// The place that a path leads to; nil for one that the catalogue does not have.
    ///
    /// Where several entries fit, words win over what stands for anything; of paths of one shape, such as a device's
    /// services and one service by its number, the first that is preferred wins.
    package func place(
        at address: BrowseAddress, preferring isPreferred: (CatalogueEntry) -> Bool = { _ in true }
    ) -> BrowsePlace? {
        let given = address.path.split(separator: "/").map(String.init)
        var best: (place: BrowsePlace, words: Int)?
        for (entry, steps) in zip(entries, steps) where steps.count == given.count {
            var parameters: [String: String] = [:]
            var words = 0
            let fits = zip(steps, given).allSatisfy { step, text in
                switch step {
                case .word(let word):
                    words += 1
                    return word == text
                case .hole(let name):
                    guard let value = PercentDecoding.text(text[...]), !value.isEmpty else { return false }
                    parameters[name] = value
                    return true
                }
            }
            let isBetter =
                words > best?.words ?? -1
                || words == best?.words && best.map { isPreferred($0.place.entry) } == false
                    && isPreferred(entry)
            if fits, isBetter {
                best = (BrowsePlace(entry: entry, parameters: parameters, address: address), words)
            }
        }
        return best?.place
    }

    /// The entry of the objects that a collection's rows stand for, and the parameter that tells them apart; nil where
    /// they have no path of their own.
    package func item(of entry: CatalogueEntry) -> (entry: CatalogueEntry, parameter: String)? {
        // What stands below one object are its parts, not objects of a list.
        guard let own = steps(of: entry), own.last?.isHole == false else { return nil }
        for (other, steps) in zip(entries, steps)
        where steps.count == own.count + 1 && Array(steps.dropLast()) == own {
            if case .hole(let name) = steps[own.count], other.isReadable { return (other, name) }
        }
        return nil
    }

    /// What lies below a place, each filled in with what is known there: the sub-resources of an object, and what can
    /// be done to it.
    package func below(_ place: BrowsePlace) -> [BrowsePlace] {
        guard let own = steps(of: place.entry) else { return [] }
        return zip(entries, steps).compactMap { entry, steps in
            guard steps.count > own.count, Array(steps.prefix(own.count)) == own,
                !steps.dropFirst(own.count).contains(where: \.isHole),
                let path = entry.template.path(place.parameters)
            else { return nil }
            return BrowsePlace(entry: entry, parameters: place.parameters, address: BrowseAddress(path: path))
        }
    }

    /// The nearest place above one that can be looked at; nil at the top.
    package func above(_ place: BrowsePlace) -> BrowsePlace? {
        var path = place.address.path.split(separator: "/").map(String.init)
        let isSlashed = place.entry.template.description.hasSuffix("/")
        while path.count > 1 {
            path.removeLast()
            let text = "/" + path.joined(separator: "/") + (isSlashed ? "/" : "")
            if let found = self.place(at: BrowseAddress(path: text)), found.entry.isReadable { return found }
        }
        return nil
    }

    /// The collections that can be opened from nowhere, by the last word of their path, to find what a number under a
    /// name such as `bond_id` stands for.
    package func collection(named word: String) -> (
        collection: CatalogueEntry, item: CatalogueEntry, parameter: String
    )? {
        for (entry, steps) in zip(entries, steps) {
            guard case .word(let last) = steps.last, !steps.contains(where: \.isHole),
                last.replacing("-", with: "_") == word, let item = item(of: entry)
            else { continue }
            return (entry, item.entry, item.parameter)
        }
        return nil
    }

    /// Whether rows are to be expected at an entry: it has objects, or its name is a plural.
    package func isCollection(_ entry: CatalogueEntry) -> Bool {
        if entry.isList { return true }
        guard let steps = steps(of: entry), case .word(let last) = steps.last else { return false }
        if item(of: entry) != nil { return true }
        return last.hasSuffix("s") && !last.hasSuffix("ss") && !last.hasSuffix("status")
    }

    private func steps(of entry: CatalogueEntry) -> [Step]? {
        entries.firstIndex { $0.template == entry.template }.map { steps[$0] }
    }
}

extension Catalogue.Step {
    fileprivate var isHole: Bool { if case .hole = self { true } else { false } }
}

extension CatalogueEntry {
    /// Whether it can be opened from nowhere: nothing of its path has to be filled in.
    package var isWhole: Bool { !template.description.contains("{") }
}
