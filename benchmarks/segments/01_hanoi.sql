-- People in Hà Nội
SELECT count(*) FROM contact AS c WHERE c.erased_at IS NULL AND c.province = 'Hà Nội'
