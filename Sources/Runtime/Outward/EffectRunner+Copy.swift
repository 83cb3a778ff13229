internal import AdapterKit
internal import Dashboard
public import Domain
internal import HTTP
public import JSON

extension EffectRunner {
    /// The bytes that fit into a clipboard: 74,994 of Base64, as terminals have it.
    static let clipboardLimit = 74_994 / 4 * 3

    /// Makes a clipping ready to leave, and keeps it in a file where that is needed.
    func clip(_ clipping: Clipping) -> Clipped {
        let text =
            switch clipping.content {
            case .text(let text): text
            case .rows(let rows): rows.map { $0.tree.text }.joined(separator: "\n")
            case .table(let table): table.text
            }
        let all = Array(text.utf8)
        let kept = Self.fitting(all, limit: Self.clipboardLimit)
        let newline = UInt8(ascii: "\n")
        func lines(_ bytes: some Collection<UInt8>) -> Int {
            bytes.isEmpty ? 0 : bytes.count { $0 == newline } + 1
        }
        var file: Result<String, BackendError>?
        if clipping.needsFile || kept.count < all.count {
            do throws(BackendError) {
                file = .success(try integrations.clipboard.keep(all + [newline]))
            } catch {
                file = .failure(error)
            }
        }
        return Clipped(
            words: clipping.words, base64: Base64.text(Array(kept)),
            lines: kept.count < all.count ? (lines(kept), lines(all)) : (lines(all), lines(all)), file: file)
    }

    /// The whole lines at the start that a clipboard takes.
    static func fitting(_ bytes: [UInt8], limit: Int) -> ArraySlice<UInt8> {
        guard bytes.count > limit else { return bytes[...] }
        let end = bytes[...limit].lastIndex(of: UInt8(ascii: "\n")) ?? 0
        return bytes[..<end]
    }
}

extension FlatRow {
    /// The row as an object of JSON; what is not known is null.
    var tree: JSONTree { .object(members.map { JSONTree.Member($0.key, JSONTree($0.value)) }) }
}

extension JSONTree {
    /// A field's value as nocturne's output has it everywhere: moments in UTC, entities by their names.
    public init(_ value: Domain.Value) {
        self =
            switch value {
            case .none: .null
            case .text(let text): .string(text)
            case .integer(let number): .integer(number)
            case .number(let number): Int64(exactly: number).map { .integer($0) } ?? .number(number)
            case .flag(let flag): .bool(flag)
            case .time(let moment): .string(moment.iso8601)
            case .ref(let entity, let name): .string(name.isEmpty ? entity.id : name)
            }
    }
}
