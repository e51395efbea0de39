# the exam of a segment: five criteria, one verdict
exam-title = Nhóm này có đáng viết thư không?
exam-lead = Năm tiêu thức của nhóm “{ $name }”, xét theo số liệu đang có.
exam-link = Xét năm tiêu thức
exam-name-measurable = Đo được
exam-name-stable = Ổn định
exam-name-identifiable = Nhận diện được
exam-name-different = Khác biệt
exam-name-serviceable = Phục vụ được
exam-asks-measurable = Thông tin dùng để lọc có đủ và còn mới không?
exam-asks-stable = Vài tháng nữa có còn những người ấy không?
exam-asks-identifiable = Có gọi đúng tên, tìm đúng người, gửi tới được không?
exam-asks-different = Họ có đáp lại khác những khách còn lại không?
exam-asks-serviceable = Có đáng công, có người lo, biết tốn bao nhiêu không?
exam-is-passes = Đạt
exam-is-weak = Còn yếu
exam-is-fails = Không đạt
exam-is-unknown = Chưa biết
exam-verdict-passes = Đáng viết thư: { $criteria } đều đạt.
exam-verdict-weak = Viết được, nhưng nên sửa trước: { $criteria }.
exam-verdict-fails = Khoan hãy gửi. Sửa trước đã: { $criteria }.
exam-verdict-unknown = Chưa đủ số liệu để nói nhóm này có đáng viết thư không.
exam-not-known = Chưa biết: { $criteria }.
exam-field-birthday = ngày sinh
exam-field-of-organisation = { $field } của tổ chức

exam-measurable-always = Nhóm chỉ hỏi những điều luôn biết (đơn hàng, thẻ, quyền gửi thư), không phụ thuộc ô nào bỏ trống.
exam-measurable-nobody = Chưa có hồ sơ nào để xem “{ $field }” đã điền hay chưa.
exam-measurable-passes = “{ $field }” đã có ở { $share } hồ sơ.
exam-measurable-weak = “{ $field }” mới có ở { $share } hồ sơ; còn { $missing } hồ sơ để trống, trong đó có thể có người thuộc nhóm.
exam-measurable-fails = “{ $field }” chỉ có ở { $share } hồ sơ; { $missing } hồ sơ để trống. Hãy hỏi thêm khách trước khi lọc theo mục này.
exam-measurable-age-history = Một nửa số “{ $field }” được ghi cách đây không quá { $days } ngày (tính theo ngày ghi).
exam-measurable-age-change = Một nửa số “{ $field }” nằm trong hồ sơ sửa lần cuối cách đây không quá { $days } ngày (mục này không có ngày ghi riêng).
exam-measurable-stale = “{ $field }” phần lớn đã ghi hơn hai năm; nên hỏi lại.

exam-stable-digest = Sau { $days } ngày còn { $share } (từ { $low } đến { $high }), theo danh sách ghi lại đêm { $day }, xem { $then } người.
exam-stable-facts = Sau { $days } ngày còn { $share } (từ { $low } đến { $high }), theo đơn hàng và hồ sơ đã có ngày { $day }, xem { $then } người.
exam-stable-few = { $then ->
    [0] Ngày { $day } chưa có ai trong nhóm, nên chưa biết sau { $days } ngày còn bao nhiêu.
   *[other] Ngày { $day } nhóm mới có { $then } người: quá ít để nói sau { $days } ngày còn bao nhiêu.
 }
exam-stable-wait = Chưa biết sau { $days } ngày còn bao nhiêu: danh sách được ghi lại mỗi đêm, đến { $day } mới so được.
exam-stable-birthday = Nhóm theo ngày sinh thay người mỗi tuần là chuyện tự nhiên; hợp với thư chúc mừng hơn chiến dịch dài.
exam-stable-by-facts = Chưa có danh sách của những đêm ấy, nên tính theo ngày của dữ liệu.
exam-stable-by-facts-mixed = Chưa có danh sách của những đêm ấy, nên tính theo ngày của dữ liệu; mục nào không ghi ngày thì coi như hồi ấy cũng như bây giờ.

exam-identifiable-own-facts = Nhóm chỉ dựa vào thông tin của từng khách: thông tin chưa đổi thì vẫn ra đúng những người ấy.
exam-identifiable-by-today = Có điều kiện tính ngày kể từ hôm nay, nên người trong nhóm tự vào tự ra theo thời gian.
exam-identifiable-by-others = Có điều kiện so khách với nhau: một người có thể rời nhóm vì người khác mua nhiều hơn.
exam-identifiable-by-segment = Nhóm hỏi đến nhóm “{ $name }” và đổi theo nhóm ấy; từ lần lưu này nhóm ấy chưa đổi.
exam-identifiable-by-tiers = Nhóm hỏi đến hạng khách hàng của cửa hàng và đổi theo các mốc ấy; từ lần lưu này các mốc chưa đổi.
exam-identifiable-changed-segment = Nhóm “{ $name }” mà nhóm này hỏi đến đã được sửa ngày { $day }, sau lần lưu cuối của nhóm này. Hãy xem nhóm có còn đúng những người mình muốn không rồi lưu lại.
exam-identifiable-changed-tiers = Các mốc hạng khách hàng mà nhóm này hỏi đến đã được đặt lại ngày { $day }, sau lần lưu cuối của nhóm này. Hãy xem nhóm có còn đúng những người mình muốn không rồi lưu lại.
exam-identifiable-changed-deleted = Nhóm hỏi ai đã mở thư hoặc bấm liên kết, nhưng những lần trước ngày { $day } đã được xoá theo thời hạn lưu giữ: người mở hay bấm trước đó không còn tìm thấy. Hãy chọn khoảng thời gian bắt đầu từ ngày ấy.
exam-identifiable-no-field = Không còn mục riêng “{ $name }” mà nhóm hỏi đến; hãy sửa điều kiện.
exam-identifiable-no-tag = Không khách nào mang thẻ “{ $name }”; hãy kiểm tra cách viết.
exam-identifiable-no-sender = Người gửi { $name } mà nhóm hỏi đến không còn dùng; hãy chọn người gửi khác.
exam-identifiable-no-owner = Người phụ trách { $name } mà nhóm hỏi đến không còn làm việc; hãy chọn người khác.
exam-identifiable-nobody = Hiện không có ai trong nhóm.
exam-identifiable-no-writer = Chưa có người gửi nào, nên chưa biết gửi tới được bao nhiêu người.
exam-identifiable-reach = Gửi tới được { $email } bằng e-mail, { $letter } bằng thư giấy.

exam-different-no-mailings = Chưa có đợt gửi nào đã qua 30 ngày mà đến cả nhóm này lẫn khách khác. Gửi thử một lá thư cho cả hai bên rồi xem lại.
exam-different-few = Còn quá ít người nhận hoặc đáp lại để so: { $members } người trong nhóm, { $others } người ngoài nhóm, qua { $mailings } đợt gửi.
exam-different-more = Nhóm này đáp lại nhiều hơn: { $member_share } so với { $other_share } ở khách khác, chênh từ { $low } đến { $high } (xem { $members } và { $others } người, { $mailings } đợt gửi).
exam-different-fewer = Nhóm này đáp lại ít hơn: { $member_share } so với { $other_share } ở khách khác, chênh từ { $low } đến { $high } (xem { $members } và { $others } người, { $mailings } đợt gửi). Nên viết cho họ một lá thư khác.
exam-different-alike = Nhóm này đáp lại như mọi khách khác: { $member_share } so với { $other_share }, chênh từ { $low } đến { $high }. Không cần viết riêng cho họ.
exam-different-unclear = Chưa thấy rõ khác biệt: { $member_share } so với { $other_share } ở khách khác, chênh từ { $low } đến { $high }; có thể chỉ là ngẫu nhiên.
exam-different-not-then = Khi những lá thư gần đây được gửi đi, những người nhận hoặc chưa ai, hoặc tất cả đều hợp với nhóm này, nên chưa có gì để so: điều đưa họ vào nhóm đến cùng hoặc sau các lá thư ấy. Hãy gửi thêm một lá thư cho cả hai bên rồi xem lại sau 30 ngày.
exam-different-then = Nhóm này được lọc theo việc khách đã làm. Vì vậy ở đây chỉ tính những người đã hợp với nhóm từ hôm trước ngày gửi mỗi lá thư; việc họ làm với lá thư ấy đến sau.
exam-different-without-orders = Nhóm được lọc theo mua hàng, nên ở đây chỉ tính nhấp và trả lời, không tính đơn hàng.
exam-different-deleted = Lần mở thư và bấm liên kết trước ngày { $day } đã được xoá theo thời hạn lưu giữ, nên các đợt gửi cũ hơn không còn được dùng để so sánh.
exam-different-all-deleted = Các đợt gửi đã qua đều dựa vào lần mở thư và bấm liên kết nay đã xoá theo thời hạn lưu giữ, nên chưa có gì để so sánh. Gửi thêm một lá thư cho cả hai bên rồi xem lại sau 30 ngày.

exam-serviceable-size = { $people } người, đủ mức tối thiểu { $least }.
exam-serviceable-small = { $people ->
    [0] Hiện không có ai, mà mức tối thiểu là { $least }. Hãy nới điều kiện.
   *[other] Chỉ có { $people } người, chưa tới mức tối thiểu { $least }. Hãy nới điều kiện, hoặc viết cho từng người.
 }
exam-serviceable-nobody = Không có ai để xem người phụ trách.
exam-serviceable-no-owner = Chưa ai trong nhóm có người phụ trách; thư trả lời sẽ không biết về tay ai.
exam-serviceable-few-owned = Mới { $share } có người phụ trách; còn { $without } người chưa ai lo.
exam-serviceable-owned = { $share } có người phụ trách.
exam-serviceable-no-writer = Chưa có người gửi nào, nên chưa tính được chi phí.
exam-serviceable-no-costs = Chưa khai giá một e-mail và một thư giấy, nên chưa tính được chi phí.
exam-serviceable-no-cost-email = Chưa khai giá một e-mail.
exam-serviceable-no-cost-letter = Chưa khai giá một thư giấy.
exam-serviceable-cost-email = Gửi { $count } e-mail hết { $amount }.
exam-serviceable-cost-letter = Gửi { $count } thư giấy hết { $amount }.
exam-serviceable-expected = Gửi tới { $reachable } người thì có thể mong từ { $low } đến { $high } người đáp lại, theo những đợt trước.
exam-serviceable-expected-few = { $written ->
    [0] Chưa ai trong nhóm từng nhận thư cùng lúc với khách khác, nên chưa biết nên mong bao nhiêu người đáp lại.
   *[other] Mới có { $written } người của nhóm từng nhận thư cùng lúc với khách khác: chưa đủ để nói nên mong bao nhiêu người đáp lại.
 }
exam-serviceable-expected-no-writer = Chưa có người gửi, nên chưa biết nên mong bao nhiêu người đáp lại.

# the pictures
exam-picture-filled = { $field }: đã có ở { $share } hồ sơ
exam-picture-kept = Sau { $days } ngày còn { $share }, khoảng từ { $low } đến { $high }
exam-picture-days = { $days } ngày
exam-picture-email = E-mail
exam-picture-letter = Thư giấy
exam-picture-reach = { $channel }: gửi tới được { $share }
exam-picture-members = Trong nhóm
exam-picture-others = Khách khác
exam-picture-answers = { $who }: { $share } đáp lại, khoảng từ { $low } đến { $high }
exam-picture-owned = Có người phụ trách
exam-picture-least = Mức tối thiểu { $least }
exam-picture-line = Vạch mảnh là khoảng tin cậy 95%.

# what the house says
exam-house = Mức tối thiểu và chi phí của nhà mình
exam-house-hint = Dùng cho mọi nhóm. Giá tính bằng đồng, gồm cả cước và giấy; để trống nếu chưa biết.
exam-house-least = Một nhóm ít nhất bao nhiêu người
exam-house-email = Giá một e-mail (đồng)
exam-house-letter = Giá một thư giấy (đồng)
exam-house-keep = Lưu mức và giá
exam-house-wrong = Nhập số nguyên từ { $least } đến { $most }.
exam-counted-for = Tính cho thư { $purpose } của { $sender }.
