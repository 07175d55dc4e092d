export { InquiryProgress } from './InquiryProgress';
export { useInquiry } from './useInquiry';
