DROP TABLE enquiry_replies;
DROP TABLE enquiries;
