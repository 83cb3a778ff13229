import Domain

/// Answers of an API as they came, and files.
extension State {
    /// What is on the screen of an API: the opened object, else the collection.
    private var front: EntityRef? {
        if let opened = details.last { return opened.entity.isBrowsed ? opened.entity : nil }
        if let collection { return collection }
        return place.pane == .browse ? pane.cursor : nil
    }

    var reasonAgainstRaw: String? {
        guard let front else { return "only what the pane browse shows has an answer to look at" }
        return front.kind == .operation ? "an operation is never read" : nil
    }

    mutating func showRaw() -> [Effect] {
        guard let front else { return [] }
        layers.push(RawPage(front))
        return [.readRaw(front)]
    }

    var reasonAgainstSaving: String? {
        guard let opened = details.last, opened.entity.kind == .resource else {
            return "there is no file here"
        }
        let isFile = opened.detail?.sections.contains { $0.title == "File" } ?? false
        return isFile ? nil : "the server answers with no file here"
    }

    mutating func saveFile() -> [Effect] {
        guard let entity = details.last?.entity else { return [] }
        showMessage(.plain, "saving the file…")
        return [.saveFile(entity)]
    }
}
