/// The notes that the operator gave to commands since the program began, the latest first.
struct EarlierNotes: Sendable {
    /// More are not kept.
    private static let most = 50

    /// Each once.
    private(set) var notes: [String] = []

    /// Keeps a note in front of the others.
    mutating func keep(_ note: String?) {
        guard let note, !note.allSatisfy(\.isWhitespace) else { return }
        notes.removeAll { $0 == note }
        notes.insert(note, at: 0)
        if notes.count > Self.most { notes.removeLast() }
    }
}
