import Domain

/// Trees in a detail: levels are read when they are unfolded.
extension State {
    /// The line under the cursor that can be unfolded, by the entity that it leads to.
    var foldable: EntityRef? {
        guard let opened = details.last else { return nil }
        let lines = lines(of: opened)
        guard lines.indices.contains(opened.focus), case .field(let line) = lines[opened.focus],
            line.isExpandable
        else { return nil }
        return lines[opened.focus].link
    }

    /// Why nothing can be folded here; nil when something can.
    var reasonAgainstFolding: String? {
        if details.isEmpty { return foldableRow == nil ? "nothing is folded under this row" : nil }
        return foldable == nil ? "there is nothing below this line" : nil
    }

    /// Shows what stands below the line under the cursor, or hides it.
    mutating func fold() -> [Effect] {
        if details.isEmpty { return foldRow() }
        guard let entity = foldable else { return [] }
        return isUnfolded(entity) ? close(entity) : unfold(entity)
    }

    /// Unfolds the line under the cursor.
    mutating func unfold() -> [Effect] {
        guard let entity = foldable, !isUnfolded(entity) else { return [] }
        return unfold(entity)
    }

    /// Folds the line under the cursor, else goes to the line that it stands below.
    mutating func foldOrLeave() -> [Effect] {
        if let entity = foldable, isUnfolded(entity) { return close(entity) }
        guard let opened = details.last else { return [] }
        let lines = lines(of: opened)
        guard lines.indices.contains(opened.focus), case .field(let line) = lines[opened.focus],
            line.depth > 0
        else { return [] }
        let parent = lines.indices.prefix(opened.focus).last {
            if case .field(let above) = lines[$0] { above.depth < line.depth } else { false }
        }
        if let parent { moveFocus(to: parent, of: lines) }
        return []
    }

    /// Whether what stands below an entity is shown.
    func isUnfolded(_ entity: EntityRef) -> Bool { details.last?.branches[entity]?.isOpen == true }

    private mutating func close(_ entity: EntityRef) -> [Effect] {
        let index = details.count - 1
        changeDetail(index) { $0.changeBranch(entity) { $0.close() } }
        return []
    }

    private mutating func unfold(_ entity: EntityRef) -> [Effect] {
        let index = details.count - 1
        if let words = backend(entity.backend)?.restWords {
            showMessage(.bad, "\(words); nothing is asked")
            return []
        }
        changeDetail(index) { $0.changeBranch(entity) { $0.open() } }
        return askBranch(entity, of: index)
    }

    private mutating func askBranch(_ entity: EntityRef, of index: Int) -> [Effect] {
        var asks = false
        details[index].changeBranch(entity) { asks = $0.ask() }
        return asks ? [.children(entity)] : []
    }

    /// Asks again for every level that is shown, because the operator wants all of it again.
    mutating func refreshBranches(of index: Int) -> [Effect] {
        let open = details[index].branches.filter(\.value.isOpen).keys.sorted { $0.packed < $1.packed }
        return open.flatMap { askBranch($0, of: index) }
    }

    /// Takes a level; the cursor stays on its line.
    mutating func unfolded(_ entity: EntityRef, _ result: Result<[Detail.Line], BackendError>) {
        if case .failure(let error) = result { refused(entity.backend, by: error) }
        for index in details.indices where details[index].branches[entity] != nil {
            changeDetail(index) { $0.changeBranch(entity) { $0.answered(result) } }
            let isHere = index == details.count - 1 && foldable == entity
            if isHere, details[index].branches[entity]?.isEmpty == true {
                showMessage(.plain, "there is nothing in it")
            }
        }
    }
}
