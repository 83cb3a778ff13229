public import Domain

extension Table {
    /// Whether a row is a problem, by the words that `is:problem` looks for.
    public func isProblem(_ row: Int) -> Bool {
        let isBad = Condition.words["problem"]?.contains { key, words in
            resource.index(of: key).map { words.contains(text(row, $0).lowercased()) } ?? false
        }
        guard isBad == true, let admin = resource.index(of: .admin) else { return isBad ?? false }
        // A port that somebody switched off is down, and no problem.
        return Condition.words["shutdown"]?[.admin]?.contains(text(row, admin).lowercased()) != true
    }
}
