package import Domain

/// A part of a detail that is read by a request of its own.
package struct DetailPart: Sendable {
    /// The heading under which it says why it could not be read.
    package let title: String
    /// Reads its sections; none when there is nothing of the kind.
    package let read: @Sendable () async throws(BackendError) -> [Detail.Section]

    /// Describes a part.
    package init(
        title: String, read: @escaping @Sendable () async throws(BackendError) -> [Detail.Section]
    ) {
        self.title = title
        self.read = read
    }
}

extension Detail {
    /// Reads the parts side by side and shows them in their order as they arrive; each fails alone.
    ///
    /// - Parameter partly: takes the detail as it is at the start and after each part but the last.
    package func filled(
        with parts: [DetailPart], _ partly: @escaping @Sendable (Detail) -> Void
    ) async -> Detail {
        guard !parts.isEmpty else { return self }
        var found = [[Section]?](repeating: nil, count: parts.count)
        partly(joined(parts, found))
        await withTaskGroup(of: (Int, [Section]).self) { group in
            for (place, part) in parts.enumerated() {
                group.addTask { (place, await part.sections()) }
            }
            var missing = parts.count
            for await (place, sections) in group {
                found[place] = sections
                missing -= 1
                if missing > 0 { partly(joined(parts, found)) }
            }
        }
        return joined(parts, found)
    }

    /// What is here so far, and at the end what is still being asked for.
    private func joined(_ parts: [DetailPart], _ found: [[Section]?]) -> Detail {
        var detail = self
        detail.sections += found.compactMap { $0 }.flatMap { $0 }
        let missing = zip(parts, found).filter { $1 == nil }.map(\.0.title)
        if !missing.isEmpty {
            let words = missing.joined(separator: ", ")
            detail.sections.append(Section("Still asking for", [Line("", .text(words))]))
        }
        return detail
    }
}

extension DetailPart {
    /// The sections, or one that says why there are none.
    fileprivate func sections() async -> [Detail.Section] {
        do {
            return try await read()
        } catch {
            return [Detail.Section(title, [.unreadable(because: error.words)])]
        }
    }
}
