internal import Domain
package import HTTP
package import JSON

/// How an API answers a command: what marks an answer as its own.
///
/// A proxy, a login page and a captive portal answer 200 as well. Only what the API itself can have written counts as
/// a yes or a no; everything else is like no answer at all.
package struct AnswerManners: Sendable {
    /// Whether a success always has a body, or may be empty.
    package var isBodyDue: Bool
    /// Whether a server error in the API's own words ended there: it neither did it nor goes on with it unseen.
    package var ownsErrors: Bool
    /// Why a body in JSON that came with a success is no yes, in words; nil where it is one.
    package var objection: @Sendable (JSONBody) -> Objection?
    /// What the API says in a refusal; nil for JSON that is none of its.
    package var refusal: @Sendable (JSONBody) -> String?
    /// What an answer with a status that is no success means, in words.
    package var words: @Sendable (Response) -> String

    /// A body with the answer that it came in.
    package struct JSONBody {
        package let root: JSONValue
        package let response: Response
    }

    /// Why a success in JSON is no yes.
    package enum Objection: Sendable {
        /// The API says no.
        case refuses(String)
        /// The API would not have answered so.
        case isForeign
    }

    /// Describes the manners of an API.
    package init(
        isBodyDue: Bool, ownsErrors: Bool = false, words: @escaping @Sendable (Response) -> String,
        objection: @escaping @Sendable (JSONBody) -> Objection?,
        refusal: @escaping @Sendable (JSONBody) -> String?
    ) {
        self.isBodyDue = isBodyDue
        self.ownsErrors = ownsErrors
        self.words = words
        self.objection = objection
        self.refusal = refusal
    }

    /// What an answer is worth.
    package func judge(_ response: Response) -> CommandAnswer {
        // Whoever asks who it was has not done it, be it the API or a proxy before it.
        if response.status == 401 { return .denied(words(response)) }
        let body: JSONBody
        do throws(BackendError) {
            body = JSONBody(root: try response.json(), response: response)
        } catch {
            if response.isSuccess {
                return isEmpty(response) && isSilenceFine(response) ? .done : .lost(error.words)
            }
            return .lost(words(response))
        }
        if response.isSuccess {
            switch objection(body) {
            case nil: return .done
            case .refuses(let words): return .refused(words)
            case .isForeign: return .lost("the answer is none of this API: check url")
            }
        }
        guard let told = refusal(body) else { return .lost(words(response)) }
        switch response.status {
        case 403, 405, 429: return .denied(told)
        case 400..<500, 501: return .refused(told)
        case 500 where ownsErrors: return .refused(told)
        default: return .lost(told)
        }
    }

    private func isEmpty(_ response: Response) -> Bool {
        response.body.text(limit: 64).allSatisfy(\.isWhitespace) && response.body.count <= 64
    }

    /// An empty page is a page all the same.
    private func isSilenceFine(_ response: Response) -> Bool {
        if response.status == 204 || response.status == 205 { return true }
        return !isBodyDue && response.mediaType != "text/html"
    }
}
