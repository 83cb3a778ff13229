public import Domain

/// What stands below a line of a detail that can be unfolded.
public struct Branch: Sendable, Equatable {
    /// Whether it is shown.
    public private(set) var isOpen = true
    /// The lines of the next level; nil until they were read.
    public private(set) var lines: [Detail.Line]?
    /// Why they could not be read.
    public private(set) var problem: BackendError?
    /// Whether the server is being asked.
    public private(set) var isAsking = false

    /// Whether nothing stands below it, as far as is known now.
    var isEmpty: Bool { lines?.isEmpty == true && problem == nil }

    /// Shows it.
    mutating func open() { isOpen = true }

    /// Hides it; what was read is kept.
    mutating func close() { isOpen = false }

    /// Asks for its lines; never twice at once.
    ///
    /// - Returns: whether the server is to be asked.
    mutating func ask() -> Bool {
        defer { isAsking = true }
        return !isAsking
    }

    /// The server has answered, or failed to: what was read before stays then.
    mutating func answered(_ result: Result<[Detail.Line], BackendError>) {
        isAsking = false
        switch result {
        case .success(let lines):
            self.lines = lines
            problem = nil
        case .failure(let error): problem = error
        }
    }
}

extension DetailState {
    /// A tree deeper than this holds itself.
    private static let deepest = 40

    /// Lines with what was unfolded below each, indented one step further.
    func unfolded(_ lines: [Detail.Line]) -> [Detail.Line] {
        guard !branches.isEmpty else { return lines }
        var all: [Detail.Line] = []
        all.reserveCapacity(lines.count)
        for line in lines { append(line, below: [], to: &all) }
        return all
    }

    private func append(_ line: Detail.Line, below path: [EntityRef], to all: inout [Detail.Line]) {
        all.append(line)
        guard line.isExpandable, case .ref(let entity, _) = line.value, let branch = branches[entity],
            branch.isOpen, path.count < Self.deepest, !path.contains(entity)
        else { return }
        if let words = branch.words {
            var note = Detail.Line("", .text(words))
            note.depth = line.depth + 1
            all.append(note)
        }
        for child in branch.lines ?? [] {
            var child = child
            child.depth = line.depth + 1
            append(child, below: path + [entity], to: &all)
        }
    }
}

extension Branch {
    /// What is said in place of lines that are not there, or not again.
    fileprivate var words: String? {
        if let problem { return "can't be read: \(problem.words)" }
        return lines == nil ? "reading…" : nil
    }
}
