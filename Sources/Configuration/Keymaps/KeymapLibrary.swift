public import Dashboard
internal import Canvas

/// Every keymap there is: those that ship, overridden and joined by the operator's.
public struct KeymapLibrary: Sendable {
    /// The keymap that all others change.
    public static let standard = "default"

    /// The names to choose from, those that ship first.
    public let names: [String]
    private let shipped: [NamedFile]
    private let own: [NamedFile]
    private let unreadable: [Complaint]

    /// Finds all keymaps.
    ///
    /// - Parameters:
    ///   - shipped: the files inside the binary.
    ///   - directory: where the operator's files are.
    public init(shipped: [NamedFile], directory: String) {
        var complaints: [Complaint] = []
        self.shipped = shipped
        own = NamedFile.all(in: directory, complaints: &complaints)
        unreadable = complaints
        let shippedNames = shipped.map(\.name)
        names = shippedNames + own.map(\.name).filter { !shippedNames.contains($0) }
    }

    /// Whether a keymap is the operator's, or is changed by a file of the operator's.
    public func isOwn(_ name: String) -> Bool { own.contains { $0.name == name } }

    /// Makes a keymap: the standard one, then what the named one changes, each as it ships and then as the operator
    /// has it.
    ///
    /// - Parameters:
    ///   - name: the keymap's name; one that is not there changes nothing.
    ///   - actions: the names of actions besides the dashboard's own: `pane-…` and commands of any adapter.
    /// - Returns: the keymap, and what is wrong with the files it is made from.
    public func keymap(_ name: String, actions: [String]) -> (keymap: Keymap, complaints: [Complaint]) {
        var merger = KeymapMerger()
        var complaints = unreadable
        for name in name == Self.standard ? [name] : [Self.standard, name] {
            for file in (shipped + own).filter({ $0.name == name }) {
                let read = KeymapFile(file, names: actions)
                complaints += read.complaints
                merger.add(read)
            }
        }
        let bindings = merger.bindings
        return (Keymap(bindings), complaints + merger.complaints)
    }
}

/// Puts keymap files on top of each other, and finds keys that can't do two things.
struct KeymapMerger {
    private var entries: [KeymapFile.Entry] = []
    /// Which file an entry came from, counted from the first.
    private var layers: [Int] = []
    private var layer = 0
    /// The clashes; of two bindings the one in the later file stays, in one file the first.
    private(set) var complaints: [Complaint] = []

    /// Adds a file: an action that it binds in a context loses the keys it had there.
    mutating func add(_ file: KeymapFile) {
        for entry in file.entries {
            let place = entries.firstIndex { $0.context == entry.context && $0.action == entry.action }
            if let place {
                entries[place].sequences = entry.sequences
                layers[place] = layer
            } else {
                entries.append(entry)
                layers.append(layer)
            }
        }
        settle()
        layer += 1
    }

    /// What is left, in the order of the files.
    var bindings: [Binding] {
        entries.flatMap { entry in
            entry.sequences.map { Binding(entry.context, $0.keys, entry.action) }
        }
    }

    /// Takes keys away from the loser of each clash.
    private mutating func settle() {
        for (first, second) in candidates {
            // Of two files the later one wins, of two lines in one file the first.
            let winner = layers[second] > layers[first] ? second : first
            let loser = winner == first ? second : first
            for sequence in entries[winner].sequences {
                for other in entries[loser].sequences {
                    guard let words = clash(of: loser, other, with: winner, sequence) else { continue }
                    let culprit = layers[first] == layers[second] ? other : sequence
                    complaints.append(Complaint(.warning, culprit.file, culprit.position, words))
                    entries[loser].sequences.removeAll { $0.keys == other.keys }
                }
            }
        }
    }

    /// The entries that may clash, two by two in their order: those that begin with the same key.
    private var candidates: [(Int, Int)] {
        var places: [Key: [Int]] = [:]
        for (place, entry) in entries.enumerated() {
            for key in Set(entry.sequences.compactMap(\.keys.first)) {
                places[key, default: []].append(place)
            }
        }
        // A number for each pair, since two entries may begin with several keys alike.
        var pairs: Set<Int> = []
        for sharing in places.values {
            for (count, first) in sharing.enumerated() {
                for second in sharing[(count + 1)...] { pairs.insert(first * entries.count + second) }
            }
        }
        return pairs.sorted().map { ($0 / entries.count, $0 % entries.count) }
    }

    /// Why two bindings can't both be; nil when they can.
    private func clash(
        of loser: Int, _ other: KeymapFile.Sequence, with winner: Int, _ sequence: KeymapFile.Sequence
    ) -> String? {
        let isSame = entries[loser].context == entries[winner].context
        guard isSame || share(entries[loser].context, entries[winner].context) else { return nil }
        let (short, long) =
            sequence.keys.count <= other.keys.count ? (sequence, other) : (other, sequence)
        guard long.keys.starts(with: short.keys) else { return nil }
        let does = entries[winner].action.name
        let lost = entries[loser].action.name
        if short.keys.count == long.keys.count {
            // A table's own key hides a global one: that is what contexts are for.
            guard isSame else { return nil }
            return "\(sequence.spelling) already does \(does) there, so it no longer does \(lost): "
                + "give \(lost) another key, or [] to unbind it"
        }
        return
            "\(short.spelling) is the beginning of \(long.spelling), so \(other.spelling) can't do \(lost) "
            + "while \(sequence.spelling) does \(does): change one of them"
    }

    /// Whether keys of two contexts can be meant at the same time.
    private func share(_ a: KeyContext, _ b: KeyContext) -> Bool {
        (a == .global && (b == .table || b == .detail)) || (b == .global && (a == .table || a == .detail))
    }
}
